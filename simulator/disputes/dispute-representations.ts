import { BUYER } from '../buyer'
import { fromMinor } from '../money'
import type { Simulator } from '../simulator'
import type { DisputeRecord } from './records'

type Json = Record<string, unknown>

/** The line of a list. */
export function disputeSummary(origin: string, dispute: DisputeRecord): Json {
  return {
    dispute_id: dispute.id,
    create_time: timeOf(dispute.createdAt),
    update_time: timeOf(dispute.updatedAt),
    reason: dispute.reason,
    status: dispute.status,
    dispute_state: stateOf(dispute),
    dispute_amount: dispute.amount,
    dispute_life_cycle_stage: dispute.stage,
    dispute_channel: 'INTERNAL',
    ...dueDate(dispute),
    links: linksOf(origin, dispute),
  }
}

/** The whole dispute; its `seller_transaction_id` is the id of the capture. */
export function disputeRepresentation(simulator: Simulator, origin: string, dispute: DisputeRecord): Json {
  const capture = simulator.state.capture(dispute.captureId)
  const { dispute_state: _state, ...summary } = disputeSummary(origin, dispute)
  const { outcome, refundedMinor, amount } = dispute
  return {
    ...summary,
    disputed_transactions: [
      {
        seller_transaction_id: dispute.captureId,
        ...(capture === undefined
          ? {}
          : {
              create_time: timeOf(capture.createdAt),
              gross_amount: capture.amount,
              ...(capture.invoiceId === null ? {} : { invoice_number: capture.invoiceId }),
              ...(capture.customId === null ? {} : { custom: capture.customId }),
              seller: { merchant_id: capture.payeeMerchantId },
            }),
        buyer: { name: `${BUYER.name.given_name} ${BUYER.name.surname}` },
      },
    ],
    ...(dispute.messages.length === 0
      ? {}
      : {
          messages: dispute.messages.map(({ at, content }) => ({
            posted_by: 'BUYER',
            time_posted: timeOf(at),
            content,
          })),
        }),
    ...(outcome === null
      ? {}
      : {
          dispute_outcome: {
            outcome_code: outcome,
            amount_refunded: fromMinor(refundedMinor, amount.currency_code),
          },
        }),
  }
}

function stateOf({ status }: DisputeRecord): string {
  if (status === 'RESOLVED') return 'RESOLVED'
  if (status === 'WAITING_FOR_SELLER_RESPONSE') return 'REQUIRED_ACTION'
  if (status === 'WAITING_FOR_BUYER_RESPONSE') return 'REQUIRED_OTHER_PARTY_ACTION'
  return status === 'UNDER_REVIEW' ? 'UNDER_PAYPAL_REVIEW' : 'OPEN_INQUIRIES'
}

function dueDate({ sellerResponseDueAt, outcome }: DisputeRecord): Json {
  return sellerResponseDueAt === null || outcome !== null
    ? {}
    : { seller_response_due_date: timeOf(sellerResponseDueAt) }
}

function linksOf(origin: string, { id }: DisputeRecord): Json[] {
  return [{ href: `${origin}/v1/customer/disputes/${id}`, rel: 'self', method: 'GET' }]
}

/** Disputes have milliseconds in their times. */
function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
