import { Hono } from 'hono'
import { newResourceId } from '../ids'
import type { LedgerDraft } from '../ledger'
import { CURRENCIES, feeFor, toMinor } from '../money'
import type { ForeignPayment } from '../reporting/foreign-payment'
import type { HttpEnv } from '../rest/http-env'
import type { Simulator } from '../simulator'
import { readJson } from './read-json'

/** `POST /_simulator/transactions`: money that moved without the shop's doing. */
export function foreignControls(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  const { state, clock } = simulator
  routes.get('/transactions', (c) => c.json({ transactions: state.foreignPayments() }))
  routes.post('/transactions', async (c) => {
    const body = await readJson(c)
    const { amountValue, currency = 'USD', eventCode = 'T0000' } = body
    if (typeof currency !== 'string' || !CURRENCIES.has(currency)) return c.json({ error: 'currency is unknown' }, 400)
    if (typeof amountValue !== 'string' || !/^-?[0-9]+([.][0-9]{1,2})?$/.test(amountValue))
      return c.json({ error: 'amountValue must be an amount, negative when money goes away' }, 400)
    if (typeof eventCode !== 'string' || !/^T\d{4}$/.test(eventCode))
      return c.json({ error: 'eventCode must be one such as T0000' }, 400)
    const text = (name: string) => (typeof body[name] === 'string' ? body[name] : null)
    const amount = { currency_code: currency, value: amountValue }
    const payment: ForeignPayment = {
      id: newResourceId(),
      eventCode,
      amount,
      referenceId: text('referenceId'),
      // What comes in as anything but a payment, such as a chargeback that was won, bears no fee.
      feeMinor: toMinor(amount) > 0 && eventCode.startsWith('T00') ? feeFor(toMinor(amount)) : 0,
      customId: text('customId'),
      invoiceId: text('invoiceId'),
      payerEmail: text('payerEmail'),
      createdAt: clock.now(),
    }
    state.commit({ foreignPayments: [payment], ledger: [entryOf(payment, simulator.config.merchantId)] })
    return c.json(payment, 201)
  })
  return routes
}

/** It has no order and no capture; its own id stands for the latter. */
function entryOf(payment: ForeignPayment, payeeMerchantId: string): LedgerDraft {
  return {
    kind: 'foreign',
    orderId: '',
    captureId: payment.id,
    refundId: null,
    custom_id: payment.customId,
    invoice_id: payment.invoiceId,
    amountMinor: toMinor(payment.amount),
    feeMinor: payment.feeMinor,
    currency: payment.amount.currency_code,
    payeeMerchantId,
    status: 'COMPLETED',
    at: new Date(payment.createdAt).toISOString(),
  }
}
