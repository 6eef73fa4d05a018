import type { Simulator } from '../simulator'
import { approvalReversed, raise } from '../webhooks/raise-events'

/** Announces approvals that ran out without a capture. To the API such orders are gone from that moment on anyway. */
export function expireApprovals(simulator: Simulator): void {
  const now = simulator.clock.now()
  for (const order of simulator.state.approvedOrders()) {
    if (now <= order.expiresAt) continue
    const expired = { ...order, isApprovalReversed: true }
    simulator.state.commit({ orders: [expired], ...raise(simulator, [approvalReversed(simulator, order)]) })
  }
}
