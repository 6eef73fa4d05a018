import 'server-only'

import type { Refusal, Unknown } from '@/lib/domain/payment-gateway'
import type { ShipmentGateway } from '@/lib/domain/shipment-gateway'

import { readIssue } from './answers'
import { PayPalHttp, type PayPalAnswer, type PayPalConfig } from './http'

const WRITE_MS = 15_000
/** PayPal's limits: names of 127 characters, numbers of 64. */
const NAME_MAX = 127
const NUMBER_MAX = 64

/** PayPal's Orders v2 `track` behind the shop's port (checkout_orders_v2: order_tracker_request). */
export function createShipmentGateway(config: PayPalConfig): ShipmentGateway {
  const http = new PayPalHttp(config)
  return {
    async tellParcel({ paypalOrderId, paypalCaptureId, carrierCode, carrier, trackingNumber, items }, requestKey) {
      const answer = await http.send({
        operation: 'track',
        method: 'POST',
        path: `/v2/checkout/orders/${encodeURIComponent(paypalOrderId)}/track`,
        requestKey,
        timeoutMs: WRITE_MS,
        body: {
          capture_id: paypalCaptureId,
          tracking_number: trackingNumber.slice(0, NUMBER_MAX),
          carrier: carrierCode,
          ...(carrierCode === 'OTHER' ? { carrier_name_other: carrier.slice(0, NUMBER_MAX) } : {}),
          // The buyer has our own mail.
          notify_payer: false,
          items: items.map(({ name, sku, quantity }) => ({
            name: name.slice(0, NAME_MAX),
            sku,
            quantity: String(quantity),
          })),
        },
      })
      if (answer.kind === 'no_answer') return { kind: 'unknown', cause: answer.cause, debugId: answer.debugId }
      return isDone(answer) ? { kind: 'told' } : toFailure(answer)
    },

    async withdrawParcel({ paypalOrderId, paypalCaptureId, trackingNumber }) {
      const trackerId = `${paypalCaptureId}-${trackingNumber.slice(0, NUMBER_MAX)}`
      const answer = await http.send({
        operation: 'withdraw_tracker',
        method: 'PATCH',
        path: `/v2/checkout/orders/${encodeURIComponent(paypalOrderId)}/trackers/${encodeURIComponent(trackerId)}`,
        timeoutMs: WRITE_MS,
        body: [{ op: 'replace', path: '/status', value: 'CANCELLED' }],
      })
      if (answer.kind === 'no_answer') return { kind: 'unknown', cause: answer.cause, debugId: answer.debugId }
      return isDone(answer) ? { kind: 'withdrawn' } : toFailure(answer)
    },
  }
}

type Answer = Extract<PayPalAnswer, { kind: 'answer' }>

function isDone({ status }: Answer): boolean {
  return status >= 200 && status < 300
}

function toFailure({ status, body, debugId }: Answer): Refusal | Unknown {
  const isDefinite = status >= 400 && status < 500 && ![401, 403, 408, 409, 429].includes(status)
  const issue = readIssue(body) ?? `HTTP ${status}`
  return isDefinite ? { kind: 'refused', issue, debugId } : { kind: 'unknown', cause: issue, debugId }
}
