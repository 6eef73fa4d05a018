'use server'

import { z } from 'zod'

import { REASON_MAX } from '@/lib/domain/order-event'
import { oneLine } from '@/lib/domain/one-line'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { cancelOrder } from '@/lib/fulfilment/cancel-order'
import type { MoneySent } from '@/lib/fulfilment/describe-money'
import { getPaymentServices } from '@/lib/payments/payment-services'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { refusalText } from '../order-texts'

const DONE: Readonly<Record<MoneySent, string>> = {
  on_its_way: 'cancelled',
  refused: 'cancelled_refused',
  nothing_left: 'cancelled_nothing',
}

export async function cancel(_previous: FormState, formData: FormData): Promise<FormState> {
  const fields = readFields(formData, ['orderNumber', 'seenEventId', 'refundId', 'reason'])
  const orderNumber = parseOrderNumber(fields.orderNumber) ?? ''
  const path = `/admin/orders/${orderNumber}`
  const values = { reason: fields.reason }
  return atAdminDoor('cancel', 'orders.refund', { path: `${path}/cancel`, values }, async (admin, refuse) => {
    const refundId = z.uuid().safeParse(fields.refundId)
    if (!refundId.success) return refuse({ form: 'Reload the page and try again.' }, values)
    const outcome = await cancelOrder(getPaymentServices(), admin, {
      orderNumber,
      seenEventId: z.coerce.number().int().min(0).catch(0).parse(fields.seenEventId),
      refundId: refundId.data,
      reason: oneLine(fields.reason).slice(0, REASON_MAX),
    })
    return outcome.kind === 'done'
      ? leaveForm(`${path}?done=${DONE[outcome.money]}`)
      : refuse({ form: refusalText(outcome) }, values)
  })
}
