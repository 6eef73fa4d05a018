import { expect, test, type Browser, type Page } from '@playwright/test'
import { extractText, getDocumentProxy } from 'unpdf'

import { buySomething, newEmail } from './support/buying'
import { look } from './support/look'
import { awaitMail, linkIn } from './support/mailbox'
import { query } from './support/stage'
import { signInAsOwner } from './support/staff'

/** What the browser is given at an address, with its own cookies. */
async function fetchPaper(page: Page, href: string) {
  const response = await page.request.get(href, { maxRedirects: 0 })
  const headers = response.headers()
  return { status: response.status(), headers, bytes: new Uint8Array(await response.body()) }
}

/** As the forms of the list and of the job's page send it. */
async function send(page: Page, address: string, fields: readonly (readonly [string, string])[]) {
  return page.request.post(address, {
    data: new URLSearchParams(fields.map((field) => [...field])).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(page.url()).origin },
    maxRedirects: 0,
  })
}

const printMany = (page: Page, kind: string, orderNumbers: readonly string[]) =>
  send(page, '/admin/orders/papers', [['kind', kind], ...orderNumbers.map((number) => ['n', number] as const)])

async function textOf(bytes: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true })
  return text.replaceAll(/\s+/g, ' ')
}

async function linkOf(page: Page, name: RegExp): Promise<string> {
  return (await page.getByRole('link', { name }).first().getAttribute('href')) ?? ''
}

async function awaitInvoice(orderNumber: string): Promise<void> {
  await expect
    .poll(() =>
      query('select 1 from invoices i join orders o on o.id = i.order_id where o.order_number = $1', [orderNumber]),
    )
    .toHaveLength(1)
}

test('a buyer keeps the invoice from the receipt and from the mail, and nobody else gets it', async ({
  page,
  browser,
}) => {
  test.slow()
  const email = newEmail()
  const orderNumber = await buySomething(page, email)
  await awaitInvoice(orderNumber)
  await page.reload()
  await look(page, 'receipt-with-invoice')
  const { status, headers, bytes } = await fetchPaper(page, await linkOf(page, /^Invoice INV-\d+ PDF$/))
  expect(status).toBe(200)
  expect(headers).toMatchObject({
    'content-type': 'application/pdf',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
  expect(headers['content-disposition']).toMatch(/^attachment; filename="INV-\d{6}\.pdf"$/)
  const text = await textOf(bytes)
  for (const part of ['A Buyer', orderNumber, 'Sales tax 7.25 %', 'Total, paid', email]) expect(text).toContain(part)

  const stranger = await (await browser.newContext()).newPage()
  expect((await fetchPaper(stranger, `/orders/${orderNumber}/invoice`)).status).toBe(404)
  const forged = `/orders/${orderNumber}/invoice?key=AAAAAAAAAAAAAAAAAAAAAA`
  expect((await fetchPaper(stranger, forged)).status).toBe(404)
  const mailed = linkIn(await awaitMail(email, /^Order/), 'Invoice as a PDF')
  expect((await fetchPaper(stranger, mailed)).status).toBe(200)
  await stranger.context().close()
})

async function anOrder(browser: Browser): Promise<string> {
  const context = await browser.newContext()
  const orderNumber = await buySomething(await context.newPage())
  await context.close()
  await awaitInvoice(orderNumber)
  return orderNumber
}

test('staff print the invoice and a packing slip without prices, and a refund gets its credit note', async ({
  page,
  browser,
}) => {
  test.slow()
  const orderNumber = await anOrder(browser)
  await signInAsOwner(page, `/admin/orders/${orderNumber}`)
  await look(page, 'admin-order-papers')
  const slip = await fetchPaper(page, await linkOf(page, /^Packing slip$/))
  expect(slip.headers['content-disposition']).toBe(`attachment; filename="packing-slip-${orderNumber}.pdf"`)
  const slipText = await textOf(slip.bytes)
  expect(slipText).toContain('A Buyer')
  expect(slipText).not.toContain('$')
  expect(await textOf((await fetchPaper(page, await linkOf(page, /^Invoice INV-/))).bytes)).toContain('Total, paid')

  await page.getByRole('link', { name: 'Give money back' }).click()
  await page.getByLabel(/^Amount in/).fill('1.00')
  await page.getByRole('button', { name: 'Look at this amount' }).click()
  await page.getByRole('button', { name: 'Give $1.00 back' }).click()
  await expect(page.getByText('The money is on its way back')).toBeVisible()
  const invoiceOf = 'select c.number from credit_notes c join invoices i on i.number = c.invoice_number'
  await expect
    .poll(() => query(`${invoiceOf} join orders o on o.id = i.order_id where o.order_number = $1`, [orderNumber]))
    .toHaveLength(1)
  await page.reload()
  const note = await textOf((await fetchPaper(page, await linkOf(page, /^Credit note CRN-/))).bytes)
  expect(note).toContain('Corrects invoice INV-')
  expect(note).toContain('−$1.00')

  const second = await anOrder(browser)
  const job = (await printMany(page, 'packing-slips', [orderNumber, second])).headers()['location'] ?? ''
  await expect.poll(async () => (await send(page, `${job}/file`, [])).status()).toBe(200)
  const both = await send(page, `${job}/file`, [])
  expect(both.headers()['content-disposition']).toBe('attachment; filename="packing-slips-2.pdf"')
  const text = await textOf(new Uint8Array(await both.body()))
  expect(text).toContain(orderNumber)
  expect(text).toContain(second)
  expect((await printMany(page, 'everything', [orderNumber])).status()).toBe(400)
})
