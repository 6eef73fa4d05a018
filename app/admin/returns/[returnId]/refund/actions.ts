'use server'

import { z } from 'zod'

import { oneLine } from '@/lib/domain/one-line'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { getOrderCurrency } from '@/lib/fulfilment/refund-order'
import { getPaymentServices } from '@/lib/payments/payment-services'
import { refundReturn } from '@/lib/returns/refund-return'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { refusalText } from '../../../orders/[orderNumber]/order-texts'
import { readTerms, refundProblem } from './terms'

const NOTE_MAX = 255
const Ids = z.object({ returnId: z.uuid(), refundId: z.uuid(), shownMinor: z.coerce.number().int().positive() })

export async function payBack(_previous: FormState, formData: FormData): Promise<FormState> {
  const fields = readFields(formData, [
    'returnId',
    'refundId',
    'shownMinor',
    'orderNumber',
    'seenEventId',
    'note',
    'less',
    'delivery',
  ])
  const ids = Ids.safeParse(fields)
  const path = `/admin/returns/${ids.data?.returnId ?? 'none'}`
  const values = { note: fields.note }
  return atAdminDoor('pay', 'orders.refund', { path: `${path}/refund`, values }, async (admin, say) => {
    const services = getPaymentServices()
    const orderNumber = parseOrderNumber(fields.orderNumber) ?? ''
    const currency = await getOrderCurrency(services, admin, orderNumber)
    if (currency === null) return say({ form: refusalText({ kind: 'not_found' }) }, values)
    const { problem, withDelivery, lessMinor } = readTerms(fields, currency)
    if (problem) return say({ form: problem }, values)
    if (!ids.success) return say({ form: 'Look at what goes back before you send it.' }, values)
    const outcome = await refundReturn(services, admin, {
      ...ids.data,
      orderNumber,
      seenEventId: z.coerce.number().int().min(0).catch(0).parse(fields.seenEventId),
      terms: { withDelivery, lessMinor },
      note: oneLine(fields.note).slice(0, NOTE_MAX),
    })
    switch (outcome.kind) {
      case 'done':
        return leaveForm(`${path}?done=${outcome.money === 'refused' ? 'refund_refused' : 'refunded'}`)
      case 'nothing_left':
      case 'too_little':
      case 'nothing_paid':
      case 'delivery_gone':
      case 'too_much':
      case 'other_amount':
        return say({ form: refundProblem(outcome, currency) }, values)
      case 'too_many':
        return say({ form: 'left' in outcome ? refusalText(outcome) : refundProblem(outcome, currency) }, values)
      default:
        return say({ form: refusalText(outcome) }, values)
    }
  })
}
