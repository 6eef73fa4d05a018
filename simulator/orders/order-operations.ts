import { newResourceId } from '../ids'
import { toMinor } from '../money'
import { refusedWith, type Outcome } from '../outcome'
import type { Funding, OrderRecord } from '../records'
import { detail, refuse } from '../refusals'
import type { Simulator } from '../simulator'
import { orderApproved, raise } from '../webhooks/raise-events'
import { validateOrder } from './validate-order'

// PayPal gives the buyer 3 hours to approve, and the shop 3 more to capture.
const WINDOW_MS = 3 * 3_600_000

/** The order, unless it is unknown or has expired: PayPal answers both alike. */
export function findOrder(simulator: Simulator, id: string): OrderRecord | null {
  const order = simulator.state.order(id)
  if (order === undefined) return null
  const expired = order.status !== 'COMPLETED' && simulator.clock.now() > order.expiresAt
  return expired ? null : order
}

export function orderNotFound(id: string): Outcome {
  return refusedWith(refuse(detail('INVALID_RESOURCE_ID', { field: 'order_id', value: id, location: 'path' })))
}

export function createOrder(simulator: Simulator, body: unknown): Outcome {
  const check = validateOrder(body, simulator.config.merchantId)
  if (check.kind === 'refused') return refusedWith(check.refusal)
  const now = simulator.clock.now()
  const order: OrderRecord = {
    ...check.order,
    id: newResourceId(),
    status: unapprovedStatus(check.order),
    createdAt: now,
    updatedAt: now,
    approvedAt: null,
    approvedTotals: null,
    funding: null,
    declines: 0,
    expiresAt: now + WINDOW_MS,
  }
  return { kind: 'order', id: order.id, status: 201, change: { orders: [order] } }
}

export function unapprovedStatus(order: Pick<OrderRecord, 'hasPaymentSource'>): 'PAYER_ACTION_REQUIRED' | 'CREATED' {
  return order.hasPaymentSource ? 'PAYER_ACTION_REQUIRED' : 'CREATED'
}

export type Approval =
  | { kind: 'approved'; order: OrderRecord }
  | { kind: 'not_found' }
  | { kind: 'already_completed'; order: OrderRecord }

/** The buyer agrees to pay, with the given funding. Approving again changes the funding. */
export function approveOrder(simulator: Simulator, id: string, funding: Funding): Approval {
  const order = findOrder(simulator, id)
  if (order === null) return { kind: 'not_found' }
  if (order.status === 'COMPLETED') return { kind: 'already_completed', order }
  const now = simulator.clock.now()
  const approved: OrderRecord = {
    ...order,
    status: 'APPROVED',
    funding,
    approvedAt: now,
    approvedTotals: order.purchaseUnits.map((unit) => toMinor(unit.amount)),
    updatedAt: now,
    expiresAt: now + WINDOW_MS,
  }
  // Approving again only changes the funding: PayPal has announced it already.
  const isNews = order.status !== 'APPROVED'
  const raised = isNews ? raise(simulator, [orderApproved(simulator, approved)]) : {}
  simulator.state.commit({ orders: [approved], ...raised })
  return { kind: 'approved', order: approved }
}
