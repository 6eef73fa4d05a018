import { BUYER } from './buyer'
import { toPayPalTime } from './clock'
import { fromMinor, toMinor } from './money'
import type { Link, PurchaseUnit } from './paypal-shapes'
import type { CaptureRecord, OrderRecord, RefundRecord } from './records'
import type { Simulator } from './simulator'
import type { TrackerRecord } from './tracking/tracker-record'

type Json = Record<string, unknown>

/** How the caller reached the simulator, so that links lead back the same way. */
export type Origin = string

export function checkoutUrl(origin: Origin, orderId: string): string {
  return `${origin}/checkoutnow?token=${orderId}`
}

export function orderLinks(origin: Origin, order: OrderRecord): Link[] {
  const self = `${origin}/v2/checkout/orders/${order.id}`
  const links: Link[] = [{ href: self, rel: 'self', method: 'GET' }]
  const update: Link = { href: self, rel: 'update', method: 'PATCH' }
  const capture: Link = { href: `${self}/capture`, rel: 'capture', method: 'POST' }
  if (order.status === 'COMPLETED') return links
  if (order.status === 'APPROVED') return [...links, update, capture]
  if (order.hasPaymentSource)
    return [...links, { href: checkoutUrl(origin, order.id), rel: 'payer-action', method: 'GET' }]
  return [...links, { href: checkoutUrl(origin, order.id), rel: 'approve', method: 'GET' }, update, capture]
}

/** The whole order, as GET and `Prefer: return=representation` answer it. */
export function orderRepresentation(simulator: Simulator, origin: Origin, order: OrderRecord): Json {
  const captures = simulator.state.capturesOf(order.id)
  return {
    id: order.id,
    intent: order.intent,
    status: order.status,
    ...paymentSource(order),
    purchase_units: order.purchaseUnits.map((unit) => ({
      ...unit,
      ...trackedShipping(origin, order, unit, captures),
      ...payments(
        simulator,
        origin,
        captures.filter((capture) => capture.referenceId === unit.reference_id),
      ),
    })),
    ...payer(order),
    create_time: toPayPalTime(order.createdAt),
    update_time: toPayPalTime(order.updatedAt),
    links: orderLinks(origin, order),
  }
}

function trackedShipping(
  origin: Origin,
  order: OrderRecord,
  unit: PurchaseUnit,
  captures: readonly CaptureRecord[],
): Json {
  const own = captures.filter((capture) => capture.referenceId === unit.reference_id).map(({ id }) => id)
  const trackers = (order.trackers ?? []).filter(({ captureId }) => own.includes(captureId))
  return trackers.length === 0
    ? {}
    : {
        shipping: { ...unit.shipping, trackers: trackers.map((each) => trackerRepresentation(origin, order.id, each)) },
      }
}

function trackerRepresentation(origin: Origin, orderId: string, tracker: TrackerRecord): Json {
  const order = `${origin}/v2/checkout/orders/${orderId}`
  return {
    id: tracker.id,
    status: tracker.status,
    ...(tracker.items.length === 0 ? {} : { items: tracker.items }),
    links: [
      { href: order, rel: 'up', method: 'GET' },
      { href: `${order}/trackers/${tracker.id}`, rel: 'update', method: 'PATCH' },
    ],
    create_time: toPayPalTime(tracker.createdAt),
    update_time: toPayPalTime(tracker.updatedAt),
  }
}

/** What `Prefer: return=minimal` (the default) answers after a create. */
export function minimalOrder(origin: Origin, order: OrderRecord): Json {
  return {
    id: order.id,
    status: order.status,
    ...paymentSource(order),
    links: orderLinks(origin, order),
  }
}

/** What `Prefer: return=minimal` (the default) answers after a capture: no amounts of the order, but its captures. */
export function minimalCapturedOrder(simulator: Simulator, origin: Origin, order: OrderRecord): Json {
  const captures = simulator.state.capturesOf(order.id)
  return {
    id: order.id,
    status: order.status,
    ...paymentSource(order),
    purchase_units: order.purchaseUnits.map((unit) => ({
      reference_id: unit.reference_id,
      ...(unit.shipping === undefined ? {} : { shipping: unit.shipping }),
      ...payments(
        simulator,
        origin,
        captures.filter((capture) => capture.referenceId === unit.reference_id),
      ),
    })),
    ...payer(order),
    links: orderLinks(origin, order),
  }
}

function paymentSource(order: OrderRecord): Json {
  const isApproved = order.status === 'APPROVED' || order.status === 'COMPLETED'
  if (!isApproved) return order.hasPaymentSource ? { payment_source: { paypal: {} } } : {}
  const paypal = {
    email_address: BUYER.email,
    account_id: BUYER.payerId,
    account_status: 'VERIFIED',
    name: BUYER.name,
    address: { country_code: BUYER.countryCode },
  }
  return { payment_source: { paypal } }
}

function payer(order: OrderRecord): Json {
  if (order.status !== 'APPROVED' && order.status !== 'COMPLETED') return {}
  return {
    payer: {
      name: BUYER.name,
      email_address: BUYER.email,
      payer_id: BUYER.payerId,
      address: { country_code: BUYER.countryCode },
    },
  }
}

function payments(simulator: Simulator, origin: Origin, captures: CaptureRecord[]): Json {
  if (captures.length === 0) return {}
  const refunds = captures.flatMap((capture) => simulator.state.refundsOf(capture.id))
  return {
    payments: {
      captures: captures.map((capture) => captureCore(origin, capture)),
      ...(refunds.length === 0 ? {} : { refunds: refunds.map((refund) => refundRepresentation(origin, refund)) }),
    },
  }
}

/** A capture on its own, as `GET /v2/payments/captures/{id}` answers it. */
export function captureRepresentation(origin: Origin, capture: CaptureRecord): Json {
  return {
    ...captureCore(origin, capture),
    supplementary_data: { related_ids: { order_id: capture.orderId } },
    payee: {
      merchant_id: capture.payeeMerchantId,
      ...(capture.payeeEmail === null ? {} : { email_address: capture.payeeEmail }),
    },
  }
}

function captureCore(origin: Origin, capture: CaptureRecord): Json {
  const self = `${origin}/v2/payments/captures/${capture.id}`
  const holdsMoney = capture.status !== 'PENDING' && capture.status !== 'DECLINED'
  const currency = capture.amount.currency_code
  return {
    id: capture.id,
    status: capture.status,
    ...(capture.reason === null ? {} : { status_details: { reason: capture.reason } }),
    amount: capture.amount,
    final_capture: true,
    seller_protection: {
      status: 'ELIGIBLE',
      dispute_categories: ['ITEM_NOT_RECEIVED', 'UNAUTHORIZED_TRANSACTION'],
    },
    ...(holdsMoney
      ? {
          seller_receivable_breakdown: {
            gross_amount: capture.amount,
            paypal_fee: fromMinor(capture.feeMinor, currency),
            net_amount: fromMinor(toMinor(capture.amount) - capture.feeMinor, currency),
          },
        }
      : {}),
    ...(capture.invoiceId === null ? {} : { invoice_id: capture.invoiceId }),
    ...(capture.customId === null ? {} : { custom_id: capture.customId }),
    links: [
      { href: self, rel: 'self', method: 'GET' },
      { href: `${self}/refund`, rel: 'refund', method: 'POST' },
      { href: `${origin}/v2/checkout/orders/${capture.orderId}`, rel: 'up', method: 'GET' },
    ],
    create_time: toPayPalTime(capture.createdAt),
    update_time: toPayPalTime(capture.updatedAt),
  }
}

function refundLinks(origin: Origin, refund: RefundRecord): Link[] {
  return [
    { href: `${origin}/v2/payments/refunds/${refund.id}`, rel: 'self', method: 'GET' },
    { href: `${origin}/v2/payments/captures/${refund.captureId}`, rel: 'up', method: 'GET' },
  ]
}

export function minimalRefund(origin: Origin, refund: RefundRecord): Json {
  return { id: refund.id, status: refund.status, links: refundLinks(origin, refund) }
}

export function refundRepresentation(origin: Origin, refund: RefundRecord): Json {
  const currency = refund.amount.currency_code
  return {
    id: refund.id,
    status: refund.status,
    ...(refund.status === 'PENDING' ? { status_details: { reason: 'ECHECK' } } : {}),
    amount: refund.amount,
    ...(refund.invoiceId === null ? {} : { invoice_id: refund.invoiceId }),
    ...(refund.customId === null ? {} : { custom_id: refund.customId }),
    ...(refund.noteToPayer === null ? {} : { note_to_payer: refund.noteToPayer }),
    seller_payable_breakdown: {
      gross_amount: refund.amount,
      // The fee of the original payment is not given back.
      paypal_fee: fromMinor(0, currency),
      net_amount: refund.amount,
      total_refunded_amount: fromMinor(refund.totalRefundedMinor, currency),
    },
    create_time: toPayPalTime(refund.createdAt),
    update_time: toPayPalTime(refund.updatedAt ?? refund.createdAt),
    links: refundLinks(origin, refund),
  }
}
