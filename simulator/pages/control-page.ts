import { html } from 'hono/html'
import { displayMoney, fromMinor } from '../money'
import type { CaptureRecord, OrderRecord, RefundRecord } from '../records'
import type { Simulator } from '../simulator'
import { page } from './layout'

type Html = ReturnType<typeof html>

const SHOWN = 200

/** Lists orders, captures and refunds, newest first, with the acts that a person may want to do by hand. */
export function controlPage(simulator: Simulator): Html {
  const orders = simulator.state.orders().toReversed().slice(0, SHOWN)
  const captures = simulator.state.allCaptures().toReversed().slice(0, SHOWN)
  const refunds = captures.flatMap((capture) => simulator.state.refundsOf(capture.id)).toReversed()
  const content = html`<main class="wide">
    <header class="panel">
      <h1>PayPal simulator</h1>
      <p class="facts soft">
        <span>Clock <time>${timeOf(simulator.clock.now())}</time></span>
        <span>Seller <code>${simulator.config.merchantId}</code></span>
        <a href="/_simulator/ledger">Ledger</a>
        <a href="/_simulator/requests">Requests</a>
        <a href="/_simulator/faults">Faults</a>
      </p>
    </header>
    ${table('orders', 'Orders', ['Order', 'Status', 'Amount', 'Invoice', 'Custom id', 'Created', 'Act'], orders.map(orderRow))}
    ${table('captures', 'Captures', ['Capture', 'Status', 'Amount', 'Refunded', 'Order', 'Made', 'Act'], captures.map(captureRow))}
    ${table('refunds', 'Refunds', ['Refund', 'Status', 'Amount', 'Capture', 'Made'], refunds.map(refundRow))}
  </main>`
  return page('PayPal simulator', content)
}

function table(id: string, title: string, columns: string[], rows: Html[]): Html {
  const body =
    rows.length === 0
      ? html`<p class="empty">None yet.</p>`
      : html`<table>
          <thead>
            <tr>
              ${columns.map((name) => html`<th scope="col" class="${name === 'Amount' || name === 'Refunded' ? 'number' : ''}">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>`
  return html`<div class="panel">
    <h2 id="${id}">${title}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="${id}">${body}</div>
  </div>`
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
    <td>${capture.status === 'PENDING' ? html`${act('complete', 'Complete')} ${act('deny', 'Deny')}` : ''}</td>
  </tr>`
}

function refundRow(refund: RefundRecord): Html {
  return html`<tr id="${refund.id}">
    <td><code>${refund.id}</code></td>
    <td>${status(refund.status)}</td>
    <td class="number">${displayMoney(refund.amount)}</td>
    <td>
      <a href="#${refund.captureId}"><code>${refund.captureId}</code></a>
    </td>
    <td>${timeOf(refund.createdAt)}</td>
  </tr>`
}

const TONES: Record<string, string> = {
  COMPLETED: 'good',
  APPROVED: 'warn',
  PENDING: 'warn',
  DECLINED: 'bad',
}

function status(name: string): Html {
  const words = name.toLowerCase().replaceAll('_', ' ')
  return html`<span class="status ${TONES[name] ?? 'calm'}">${words.charAt(0).toUpperCase()}${words.slice(1)}</span>`
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')
}
