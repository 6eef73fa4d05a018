import { html } from 'hono/html'
import type { Simulator } from '../simulator'
import type { DeliveryRecord } from '../webhooks/records'
import { SPOIL_KINDS } from '../webhooks/spoils'
import { status, table, timeOf, type Html } from './table'

const SHOWN = 100

/** Who hears of events, what was brought where with which answer, and the means to hold, release and spoil. */
export function webhookSection(simulator: Simulator): Html {
  const { state, pump, spoils } = simulator
  const button = (path: string, label: string) =>
    html`<form method="post" action="/_simulator/webhooks/${path}"><button class="small">${label}</button></form>`
  const addresses = state.webhooks().map(
    ({ id, url, eventTypes }) =>
      html`<tr>
        <td><code>${id}</code></td>
        <td>${url}</td>
        <td>${eventTypes.join(', ')}</td>
      </tr>`,
  )
  const deliveries = state.deliveries().toReversed().slice(0, SHOWN)
  return html`${table('webhooks', 'Webhooks', ['Webhook', 'Address', 'Events'], addresses)}
    <div class="panel">
      <div class="facts">
        <span>${state.waitingDeliveries().length} waiting</span>
        ${pump.isHolding() ? button('release', 'Release all') : button('hold', 'Hold all')}
        ${button('drain', 'Deliver what is due now')}
        <form method="post" action="/_simulator/webhooks/spoils">
          <label
            >Spoil the next one:
            <select name="kind">
              ${SPOIL_KINDS.map((kind) => html`<option>${kind}</option>`)}
            </select></label
          >
          <button class="small">Order</button>
        </form>
        ${spoils.waiting().map(({ kind, times }) => html`<span>${times} × ${kind} ordered</span>`)}
      </div>
    </div>
    ${table('deliveries', 'Deliveries', ['Event', 'Type', 'State', 'Answers', 'Last try', 'Next try'], deliveries.map(deliveryRow))}`
}

function deliveryRow(delivery: DeliveryRecord): Html {
  const { eventId, eventType, state, attempts, dueAt } = delivery
  const last = attempts.at(-1)
  const answers = attempts.map((attempt) => `${attempt.status ?? 'none'}${attempt.spoil ? ` (${attempt.spoil})` : ''}`)
  return html`<tr>
    <td><code>${eventId}</code></td>
    <td>${eventType}</td>
    <td>${status(state)}</td>
    <td>${answers.join(', ')} ${last?.error ?? ''}</td>
    <td>${last === undefined ? '' : timeOf(last.at)}</td>
    <td>${state === 'waiting' ? timeOf(dueAt) : ''}</td>
  </tr>`
}
