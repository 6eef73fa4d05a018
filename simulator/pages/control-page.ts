import { html } from 'hono/html'
import { DISPUTE_OUTCOMES, type DisputeRecord } from '../disputes/records'
import { displayMoney, fromMinor } from '../money'
import type { CaptureRecord, OrderRecord, RefundRecord } from '../records'
import type { Simulator } from '../simulator'
import { page } from './layout'
import { status, table, timeOf, type Html } from './table'
import { webhookSection } from './webhook-section'

const SHOWN = 200

/** Lists orders, captures, refunds and disputes, newest first, with the acts that a person may want to do by hand. */
export function controlPage(simulator: Simulator): Html {
  const orders = simulator.state.orders().toReversed().slice(0, SHOWN)
  const captures = simulator.state.allCaptures().toReversed().slice(0, SHOWN)
  const refunds = captures.flatMap((capture) => simulator.state.refundsOf(capture.id)).toReversed()
  const disputes = simulator.state.disputes().toReversed().slice(0, SHOWN)
  const content = html`<main class="wide">
    <header class="panel">
      <h1>PayPal simulator</h1>
      <p class="facts soft">
        <span>Clock <time>${timeOf(simulator.clock.now())}</time></span>
        <span>Seller <code>${simulator.config.merchantId}</code></span>
        <a href="/_simulator/ledger">Ledger</a>
        <a href="/_simulator/requests">Requests</a>
        <a href="/_simulator/faults">Faults</a>
        <a href="#webhooks">Webhooks</a>
      </p>
    </header>
    ${table('orders', 'Orders', ['Order', 'Status', 'Amount', 'Invoice', 'Custom id', 'Created', 'Act'], orders.map(orderRow))}
    ${table('captures', 'Captures', ['Capture', 'Status', 'Amount', 'Refunded', 'Order', 'Made', 'Act'], captures.map(captureRow))}
    ${table('refunds', 'Refunds', ['Refund', 'Status', 'Amount', 'Capture', 'By', 'Made', 'Act'], refunds.map(refundRow))}
    ${table('disputes', 'Disputes', ['Dispute', 'Status', 'Amount', 'Reason', 'Capture', 'Answer due', 'Act'], disputes.map(disputeRow))}
    ${webhookSection(simulator)}
  </main>`
  return page('PayPal simulator', content)
}

function orderRow(order: OrderRecord): Html {
  const [unit] = order.purchaseUnits
  const canApprove = order.status === 'CREATED' || order.status === 'PAYER_ACTION_REQUIRED'
  return html`<tr id="${order.id}">
    <td>
      <a href="/_simulator/orders/${order.id}"><code>${order.id}</code></a>
    </td>
    <td>${status(order.status)}</td>
    <td class="number">${unit === undefined ? '' : displayMoney(unit.amount)}</td>
    <td>${unit?.invoice_id ?? ''}</td>
    <td><code>${unit?.custom_id ?? ''}</code></td>
    <td>${timeOf(order.createdAt)}</td>
    <td>
      ${
        canApprove
          ? html`<form method="post" action="/_simulator/orders/${order.id}/approve">
              <button class="small" aria-label="Approve order ${order.id}">Approve</button>
              <a class="button small" href="/checkoutnow?token=${order.id}">Buyer's page</a>
            </form>`
          : ''
      }
    </td>
  </tr>`
}

function captureRow(capture: CaptureRecord): Html {
  const act = (verb: string, label: string) =>
    html`<form method="post" action="/_simulator/captures/${capture.id}/${verb}">
      <button class="small" aria-label="${label} capture ${capture.id}">${label}</button>
    </form>`
  return html`<tr id="${capture.id}">
    <td><code>${capture.id}</code></td>
    <td>${status(capture.status)} ${capture.reason ?? ''}</td>
    <td class="number">${displayMoney(capture.amount)}</td>
    <td class="number">
      ${capture.refundedMinor === 0 ? '' : displayMoney(fromMinor(capture.refundedMinor, capture.amount.currency_code))}
    </td>
    <td>
      <a href="#${capture.orderId}"><code>${capture.orderId}</code></a>
    </td>
    <td>${timeOf(capture.createdAt)}</td>
    <td>
      ${capture.status === 'PENDING' ? html`${act('complete', 'Complete')} ${act('deny', 'Deny')}` : ''}
      ${isMoneyLeft(capture) ? html`${act('refund', 'Refund')} ${act('reverse', 'Reverse')} ${act('dispute', 'Dispute')}` : ''}
    </td>
  </tr>`
}

function isMoneyLeft({ status: name }: CaptureRecord): boolean {
  return name === 'COMPLETED' || name === 'PARTIALLY_REFUNDED'
}

function refundRow(refund: RefundRecord): Html {
  const act = (verb: string, label: string) =>
    html`<form method="post" action="/_simulator/refunds/${refund.id}/${verb}">
      <button class="small" aria-label="${label} refund ${refund.id}">${label}</button>
    </form>`
  return html`<tr id="${refund.id}">
    <td><code>${refund.id}</code></td>
    <td>${status(refund.status)}</td>
    <td class="number">${displayMoney(refund.amount)}</td>
    <td>
      <a href="#${refund.captureId}"><code>${refund.captureId}</code></a>
    </td>
    <td>${refund.cause ?? 'shop'}</td>
    <td>${timeOf(refund.createdAt)}</td>
    <td>${refund.status === 'PENDING' ? html`${act('complete', 'Complete')} ${act('fail', 'Fail')}` : ''}</td>
  </tr>`
}

function disputeRow(dispute: DisputeRecord): Html {
  const { id, captureId, sellerResponseDueAt, outcome } = dispute
  return html`<tr id="${id}">
    <td>
      <code>${id}</code>
    </td>
    <td>${status(outcome ?? dispute.status)}</td>
    <td class="number">${displayMoney(dispute.amount)}</td>
    <td>${dispute.reason}</td>
    <td>
      <a href="#${captureId}"><code>${captureId}</code></a>
    </td>
    <td>${sellerResponseDueAt === null ? '' : timeOf(sellerResponseDueAt)}</td>
    <td>
      ${
        outcome === null
          ? html`<form method="post" action="/_simulator/disputes/${id}/resolve">
              <select name="outcome" aria-label="Outcome of dispute ${id}">
                ${DISPUTE_OUTCOMES.map((each) => html`<option>${each}</option>`)}
              </select>
              <button class="small">Resolve</button>
            </form>`
          : ''
      }
    </td>
  </tr>`
}
