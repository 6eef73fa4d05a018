import { chromium as pw } from "@playwright/test";
import sparticuz from "@sparticuz/chromium";
import AxeBuilder from "@axe-core/playwright";
import { createServer } from "node:http";
import { startDriver, orderBody } from "./test-driver";
const paypal = await startDriver();
const chromium = (sparticuz as any).default ?? sparticuz;
const browser = await pw.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: true });
const shop = createServer((req, res) => { res.setHeader("content-type","text/html"); res.end(`<!doctype html><html lang=en><title>Shop</title><body style="max-width:420px;margin:40px auto;font-family:serif"><h1>Checkout</h1><div id=p></div><div id=q></div><pre id=log></pre><script src="${paypal.url}/web-sdk/v6/core"></script><script>
const log=(...a)=>{document.getElementById('log').textContent+=a.map(x=>JSON.stringify(x)).join(' ')+'\\n'};
const q=new URL(location.href).searchParams; const mode=q.get('mode')||'auto';
paypal.createInstance({clientId:'x'}).then(async i=>{ const s=i.createPayPalOneTimePaymentSession({onApprove:async d=>log('approve',d),onCancel:d=>log('cancel',d),onError:e=>log('error',e.code,e.message),onComplete:d=>log('complete',d)});
 if(s.hasReturned()) {log('returned'); await s.resume()}
 const b=document.createElement('paypal-button'); b.type='pay'; b.addEventListener('click',()=>{log('click');s.start({presentationMode:mode},q.get('fail')?Promise.reject(new Error('no stock')):Promise.resolve({orderId:q.get('id')})).catch(e=>log('start rejected',e.message))}); document.getElementById('p').append(b);
 const d=document.createElement('paypal-button'); d.disabled=true; d.style.marginTop='12px'; d.type='checkout'; d.addEventListener('click',()=>log('DISABLED CLICK')); document.getElementById('q').append(d);
 window.__s=s; window.__d=d;
})</script>`)}).listen(4611);
const S = "http://localhost:4611";
const mk = async (unit={},exp={}) => (await paypal.create(orderBody(unit,exp))).body.id;
const axe = async (page: any, name: string) => { const r = await new AxeBuilder({ page }).analyze(); console.log("axe", name, r.violations.map((v:any)=>v.id+": "+v.nodes.map((n:any)=>n.target+" "+n.failureSummary).join("; "))); };
const ctx = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const page = await ctx.newPage();
page.on("pageerror", e => console.log("PAGEERROR", e.message)); page.on("console", m => console.log("console", m.type(), m.text()));
// buyer
let id = await mk();
await page.goto(`${paypal.url}/checkoutnow?token=${id}`); await page.screenshot({ path: "/tmp/sim/buyer-desktop.png", fullPage: true }); await axe(page, "buyer");
const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 }); const pp = await phone.newPage();
await pp.goto(`${paypal.url}/checkoutnow?token=${id}`); await pp.screenshot({ path: "/tmp/sim/buyer-phone.png", fullPage: true });
await pp.goto(`${paypal.url}/checkoutnow?token=NOPE`); await pp.screenshot({ path: "/tmp/sim/unknown-phone.png" }); await axe(pp, "unknown");
// popup approve
id = await mk(); await page.goto(`${S}/?id=${id}`); await page.screenshot({ path: "/tmp/sim/shop.png" }); await axe(page, "shop");
let [popup] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button", { name: "Pay with PayPal" }).click()]);
await popup.waitForURL(/checkoutnow/); await page.screenshot({ path: "/tmp/sim/overlay.png" }); await axe(page, "overlay"); await popup.screenshot({ path: "/tmp/sim/popup.png" });
await popup.getByRole("button", { name: "Pay now" }).click(); await page.waitForFunction(()=>document.getElementById('log')!.textContent!.includes('complete')); console.log("POPUP APPROVE\n"+await page.locator("#log").textContent());
await page.waitForTimeout(400); console.log("popup closed", popup.isClosed());
// cancel by button
id = await mk(); await page.goto(`${S}/?id=${id}`);
[popup] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button", { name: "Pay with PayPal" }).press("Enter")]);
await popup.waitForURL(/checkoutnow/); await popup.getByRole("button", { name: /Cancel/ }).click(); await page.waitForFunction(()=>document.getElementById('log')!.textContent!.includes('complete')); console.log("CANCEL (keyboard)\n"+await page.locator("#log").textContent());
// retry + close window
[popup] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button", { name: "Pay with PayPal" }).click()]);
await popup.waitForURL(/checkoutnow/); await popup.close(); await page.waitForFunction(()=>document.getElementById('log')!.textContent!.split('complete').length>2); console.log("CLOSE\n"+await page.locator("#log").textContent());
// overlay cancel
[popup] = await Promise.all([page.waitForEvent("popup"), page.getByRole("button", { name: "Pay with PayPal" }).click()]);
await popup.waitForURL(/checkoutnow/); await page.getByRole("button", { name: "Cancel" }).click(); await page.waitForFunction(()=>document.getElementById('log')!.textContent!.split('complete').length>3); console.log("OVERLAY CANCEL ok");
// fail
await page.goto(`${S}/?id=${id}&fail=1`); await page.getByRole("button", { name: "Pay with PayPal" }).click(); await page.waitForFunction(()=>document.getElementById('log')!.textContent!.includes('rejected')); console.log("FAIL\n"+await page.locator("#log").textContent());
// disabled
await page.getByRole("button", { name: "Check out with PayPal" }).click({ force: true }); await page.evaluate(()=>(window as any).__d.click()); console.log("disabled log has DISABLED:", (await page.locator("#log").textContent())!.includes("DISABLED"));
// modal
id = await mk(); await page.goto(`${S}/?id=${id}&mode=modal`); await page.getByRole("button", { name: "Pay with PayPal" }).click();
const fr = page.frameLocator("iframe"); await fr.getByRole("button", { name: "Pay now" }).waitFor(); await page.screenshot({ path: "/tmp/sim/modal.png" }); await axe(page, "modal");
await fr.getByRole("button", { name: "Pay now" }).click(); await page.waitForFunction(()=>document.getElementById('log')!.textContent!.includes('complete')); console.log("MODAL\n"+await page.locator("#log").textContent());
// blocked popup
id = await mk(); await page.goto(`${S}/?id=${id}`); await page.evaluate(()=>{window.open=()=>null}); await page.getByRole("button", { name: "Pay with PayPal" }).click(); await fr.getByRole("button", { name: "Pay now" }).waitFor(); await page.keyboard.press("Escape"); await page.getByRole("button",{name:"Cancel and close"}).click({timeout:2000}).catch(()=>console.log('esc already closed')); await page.waitForFunction(()=>document.getElementById('log')!.textContent!.includes('complete')); console.log("BLOCKED→MODAL CANCEL\n"+await page.locator("#log").textContent());
// redirect
id = await mk({}, { return_url: `${S}/?r=1&mode=redirect`, cancel_url: `${S}/?c=1&mode=redirect` }); await page.goto(`${S}/?id=${id}&mode=redirect`); await page.getByRole("button", { name: "Pay with PayPal" }).click(); await page.getByRole("button", { name: /Cancel/ }).click(); await page.waitForURL(/c=1/); await page.waitForFunction(()=>document.getElementById('log')!.textContent!.includes('complete')); console.log("REDIRECT CANCEL\n"+await page.locator("#log").textContent());
await page.goto(`${S}/?id=${id}&mode=redirect`); await page.getByRole("button", { name: "Pay with PayPal" }).click(); await page.getByRole("button", { name: "Pay now" }).click(); await page.waitForURL(/r=1/); await page.waitForFunction(()=>document.getElementById('log')!.textContent!.includes('complete')); console.log("REDIRECT\n"+await page.locator("#log").textContent());
// control page
await paypal.pay(orderBody({invoice_id:"CW-2041"}), "pending"); const p2 = await paypal.pay(orderBody({invoice_id:"CW-2042"})); await paypal.refund(p2.captureId,{amount:{currency_code:"USD",value:"4.00"}}); await paypal.pay(orderBody(),"declined_capture");
await page.goto(`${paypal.url}/_simulator`); await page.screenshot({ path: "/tmp/sim/control.png", fullPage: true }); await axe(page, "control");
await pp.goto(`${paypal.url}/_simulator`); await pp.screenshot({ path: "/tmp/sim/control-phone.png" }); await axe(pp, "control-phone");
await browser.close(); shop.close(); shop.closeAllConnections(); await paypal.close();
