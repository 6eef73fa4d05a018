'use server'

import { z } from 'zod'

import { parseDecimalString, type Currency } from '@/lib/domain/money'
import { oneLine } from '@/lib/domain/one-line'
import { parseOrderNumber } from '@/lib/domain/order-number'
import type { RefundRequest } from '@/lib/domain/refund'
import { getOrderCurrency, refundOrder, type RefundOrderOutcome } from '@/lib/fulfilment/refund-order'
import { getPaymentServices } from '@/lib/payments/payment-services'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { refusalText } from '../order-texts'
import { QUANTITY, readQuantities } from '../quantities'

const NOTE_MAX = 255

type Read = { readonly request: RefundRequest } | { readonly errors: Readonly<Record<string, string>> }

export async function giveLines(_previous: FormState, formData: FormData): Promise<FormState> {
  return give('lines', formData, async () => {
    const restock = formData.get('restock') === '1'
    const lines = Object.entries(readQuantities(formData)).map(([name, value]) => ({
      position: Number(QUANTITY.exec(name)?.[1]),
      quantity: Number(value.trim() || '0'),
      restock,
    }))
    if (lines.some(({ quantity }) => !Number.isInteger(quantity) || quantity < 0)) {
      return { errors: { form: 'Quantities are whole numbers.' } }
    }
    const wanted = lines.filter(({ quantity }) => quantity > 0)
    if (wanted.length === 0) return { errors: { form: 'Say how many pieces of what come back.' } }
    return { request: { kind: 'lines', lines: wanted, withDelivery: formData.get('withDelivery') === '1' } }
  })
}

export async function giveAmount(_previous: FormState, formData: FormData): Promise<FormState> {
  return give('amount', formData, async (currency) => {
    const { amount } = readFields(formData, ['amount'])
    const minor = parseDecimalString(amount.trim(), currency)?.minor ?? 0
    return minor <= 0
      ? { errors: { amount: 'Write an amount, such as 5.00.' } }
      : { request: { kind: 'amount', amountMinor: minor } }
  })
}

export async function giveRest(_previous: FormState, formData: FormData): Promise<FormState> {
  return give('rest', formData, async () => ({ request: { kind: 'rest', restock: formData.get('restock') === '1' } }))
}

async function give(form: string, formData: FormData, read: (currency: Currency) => Promise<Read>): Promise<FormState> {
  const fields = readFields(formData, ['orderNumber', 'seenEventId', 'refundId', 'note', 'amount'])
  const orderNumber = parseOrderNumber(fields.orderNumber) ?? ''
  const path = `/admin/orders/${orderNumber}`
  const values = { ...readQuantities(formData), note: fields.note, amount: fields.amount }
  return atAdminDoor(form, 'orders.refund', `${path}/refund`, async (admin, refuse) => {
    const services = getPaymentServices()
    const refundId = z.uuid().safeParse(fields.refundId)
    const currency = await getOrderCurrency(services, admin, orderNumber)
    if (!refundId.success || currency === null) return refuse({ form: refusalText({ kind: 'not_found' }) }, values)
    const asked = await read(currency)
    if ('errors' in asked) return refuse(asked.errors, values)
    const outcome = await refundOrder(services, admin, {
      orderNumber,
      seenEventId: z.coerce.number().int().min(0).catch(0).parse(fields.seenEventId),
      refundId: refundId.data,
      request: asked.request,
      note: oneLine(fields.note).slice(0, NOTE_MAX),
    })
    return outcome.kind === 'refunded'
      ? leaveForm(`${path}?done=refunded`)
      : refuse({ form: problemText(outcome) }, values)
  })
}

function problemText(outcome: Exclude<RefundOrderOutcome, { kind: 'refunded' }>): string {
  switch (outcome.kind) {
    case 'nothing_left':
      return 'Everything has gone back already.'
    case 'too_much':
      return 'That is more than is left of the payment.'
    case 'too_little':
      return 'That leaves nothing to give back.'
    case 'delivery_gone':
      return 'The delivery charge has gone back already. Leave it out.'
    case 'too_many':
      return 'left' in outcome
        ? refusalText(outcome)
        : `Only ${outcome.leftQuantity} of item ${outcome.position + 1} can still come back.`
    default:
      return refusalText(outcome)
  }
}
