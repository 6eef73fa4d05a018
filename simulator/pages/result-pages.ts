import { html } from 'hono/html'
import { inScript, page } from './layout'

type Html = ReturnType<typeof html>

/** A page with one message and, where it helps, one way on. */
export function messagePage(
  title: string,
  text: string,
  way: { href: string; label: string } | null = null,
  script = '',
): Html {
  const content = html`<main class="sheet">
    <div class="card">
      <div class="top"><span class="brand">PayPal</span></div>
      <div>
        <h1>${title}</h1>
        <p style="margin-top:8px">${text}</p>
      </div>
      ${way === null ? '' : html`<a class="button main" href="${way.href}">${way.label}</a>`}
    </div>
  </main>`
  return page(`${title} - Simulated PayPal`, content, { script })
}

export type BuyerResult =
  | { type: 'approved'; orderId: string; payerId: string }
  | { type: 'cancelled'; orderId: string }

/** Tells the shop's page, and only that one, what the buyer decided; then the window closes itself. */
export function resultPage(result: BuyerResult, shopOrigin: string): Html {
  const message = { source: 'simulated-paypal', ...result }
  const script = `
    const shop = window.opener ?? (window.parent === window ? null : window.parent);
    shop?.postMessage(${inScript(message)}, ${inScript(shopOrigin)});
    if (window.opener) setTimeout(() => window.close(), 100);`
  return result.type === 'approved'
    ? messagePage('Payment approved', 'You can close this window and go back to the shop.', null, script)
    : messagePage(
        'Payment cancelled',
        'Nothing was paid. You can close this window and go back to the shop.',
        null,
        script,
      )
}
