import { expect, type Browser } from '@playwright/test'

import { fillDetails, goToCheckout, newEmail, openPayPal, putInCart } from './buying'
import { attemptsOf, letRest, payBehindTheShop, query, readLedger, takeProduct } from './stage'

export interface StrayMoney {
  readonly paypalCaptureId: string
  /** The catalogue knows again what was bought. */
  readonly mendCatalogue: () => Promise<unknown>
}

/**
 * Money at PayPal of which the shop has lost its own row, as after a restore from a backup, for something that the catalogue calls
 * otherwise by now. No rule can make an order of it: it waits for a person.
 */
export async function strayMoney(browser: Browser): Promise<StrayMoney> {
  const email = newEmail()
  const context = await browser.newContext()
  const page = await context.newPage()
  await putInCart(page, (await takeProduct()).path)
  await goToCheckout(page)
  await fillDetails(page, email)
  await openPayPal(page)
  await letRest(email)
  await context.close()
  const attemptId = (await attemptsOf(email)).at(-1)?.id ?? ''
  const [paying] = await query<{ paypalOrderId: string; variantId: number; sku: string }>(
    `select a.paypal_order_id as "paypalOrderId", v.id as "variantId", v.sku from payment_attempts a
     join stock_holds h on h.attempt_id = a.id join variants v on v.id = h.variant_id where a.id = $1`,
    [attemptId],
  )
  if (!paying) throw new Error('nobody is paying')
  const { paypalOrderId, variantId, sku } = paying
  const rename = (to: string) => tamper(`update variants set sku = '${to}' where id = ${variantId}`)
  await rename(`${sku}-OLD`)
  await tamper(`
    update stock s set held = held - h.quantity from stock_holds h where h.variant_id = s.variant_id and h.attempt_id = '${attemptId}';
    delete from stock_holds where attempt_id = '${attemptId}';
    delete from payment_attempts where id = '${attemptId}'`)
  await payBehindTheShop(paypalOrderId)
  const capture = (await readLedger()).find((each) => each.kind === 'capture' && each.custom_id === attemptId)
  const paypalCaptureId = capture?.captureId ?? ''
  // PayPal tells of it, and the shop finds that it cannot be an order.
  await expect
    .poll(() => query('select 1 from payment_incidents where paypal_capture_id = $1', [paypalCaptureId]))
    .toHaveLength(1)
  return { paypalCaptureId, mendCatalogue: () => rename(sku) }
}

/** Changes rows that triggers call history: what only a restored disk can do. */
async function tamper(statements: string): Promise<void> {
  await query(`set session_replication_role = replica; ${statements}`)
}
