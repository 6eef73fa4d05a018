'use server'

import { z } from 'zod'

import { oneLine } from '@/lib/domain/one-line'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { getOrderCurrency, refundOrder } from '@/lib/fulfilment/refund-order'
import { getPaymentServices } from '@/lib/payments/payment-services'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { refusalText } from '../order-texts'
import { readQuantities } from '../quantities'
import { problemText } from './problem-text'
import { readWish, wishQuery } from './wish'

const NOTE_MAX = 255
const Ids = z.object({ refundId: z.uuid(), shownMinor: z.coerce.number().int().positive() })

/** Sends what the preview has shown, and nothing else. */
export async function giveBack(_previous: FormState, formData: FormData): Promise<FormState> {
  const fields = readFields(formData, ['orderNumber', 'seenEventId', 'refundId', 'shownMinor', 'note'])
  const wished = readFields(formData, ['give', 'amount', 'restock', 'withDelivery'])
  const asked = { ...wished, ...readQuantities(formData) }
  const orderNumber = parseOrderNumber(fields.orderNumber) ?? ''
  const path = `/admin/orders/${orderNumber}`
  const values = { note: fields.note }
  // The currency does not matter for the way back.
  const back = readWish(asked, 'USD')
  return atAdminDoor(
    'give',
    'orders.refund',
    { path: `${path}/refund?${back ? wishQuery(back) : ''}`, values },
    async (admin, refuse) => {
      const services = getPaymentServices()
      const ids = Ids.safeParse(fields)
      const currency = await getOrderCurrency(services, admin, orderNumber)
      if (currency === null) return refuse({ form: refusalText({ kind: 'not_found' }) }, values)
      const wish = readWish(asked, currency)
      if (!ids.success || !wish || 'errors' in wish.read) {
        return refuse({ form: 'Look at what goes back before you send it.' }, values)
      }
      const outcome = await refundOrder(services, admin, {
        orderNumber,
        seenEventId: z.coerce.number().int().min(0).catch(0).parse(fields.seenEventId),
        ...ids.data,
        request: wish.read.request,
        note: oneLine(fields.note).slice(0, NOTE_MAX),
      })
      return outcome.kind === 'refunded'
        ? leaveForm(`${path}?done=${outcome.refund.state === 'failed' ? 'refund_refused' : 'refunded'}`)
        : refuse({ form: problemText(outcome, currency) }, values)
    },
  )
}
