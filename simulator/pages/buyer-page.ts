import { html } from 'hono/html'
import { displayMoney } from '../money'
import type { Amount, Item, Shipping } from '../paypal-shapes'
import type { OrderRecord } from '../records'
import { page } from './layout'
import type { Presentation } from './presentation'

type Html = ReturnType<typeof html>

/** The page on which the buyer reviews the order and pays. Plain forms: it works without scripts. */
export function buyerPage(order: OrderRecord, presentation: Presentation): Html {
  const shop = order.experience.brand_name ?? 'the shop'
  const content = html`<main class="sheet">
    <div class="card">
      <div class="top"><span class="brand">PayPal</span><span class="soft">buyer@example.com</span></div>
      <div>
        <h1>Pay ${shop}</h1>
        ${order.purchaseUnits.map((unit) => html`<p class="total">${displayMoney(unit.amount)}</p>`)}
      </div>
      ${order.declines > 0 ? html`<p class="bad" role="status">Your last payment was declined. Choose another way to pay.</p>` : ''}
      ${order.purchaseUnits.map((unit) => html`${itemList(unit.items ?? [])} ${breakdown(unit.amount)} ${delivery(unit.shipping)}`)}
      ${payForm(order, presentation)}
    </div>
  </main>`
  return page(`Pay ${shop} - Simulated PayPal`, content)
}

function itemList(items: readonly Item[]): Html | '' {
  if (items.length === 0) return ''
  return html`<section class="block" aria-labelledby="items">
    <h2 id="items">Your order</h2>
    <ul class="rows">
      ${items.map(
        (item) =>
          html`<li>
            <span
              >${item.name}${item.quantity === '1' ? '' : html` <span class="soft">× ${item.quantity}</span>`}
              ${item.description === undefined ? '' : html`<br /><span class="soft">${item.description}</span>`}</span
            >
            <span class="money"
              >${displayMoney({ ...item.unit_amount, value: String(Number(item.unit_amount.value) * Number(item.quantity)) })}</span
            >
          </li>`,
      )}
    </ul>
  </section>`
}

const PARTS = [
  ['item_total', 'Items', ''],
  ['shipping', 'Delivery', ''],
  ['handling', 'Handling', ''],
  ['insurance', 'Insurance', ''],
  ['tax_total', 'Tax', ''],
  ['discount', 'Discount', '−'],
  ['shipping_discount', 'Delivery discount', '−'],
] as const

function breakdown(amount: Amount): Html {
  const rows = PARTS.flatMap(([part, label, sign]) => {
    const money = amount.breakdown?.[part]
    const isWorthSaying = money !== undefined && (Number(money.value) !== 0 || part === 'shipping')
    return isWorthSaying
      ? [
          html`<div>
            <dt>${label}</dt>
            <dd class="money">${sign}${displayMoney(money)}</dd>
          </div>`,
        ]
      : []
  })
  return html`<div class="block">
    <dl class="sums">
      ${rows}
      <div class="sum">
        <dt>Total</dt>
        <dd class="money">${displayMoney(amount)}</dd>
      </div>
    </dl>
  </div>`
}

function delivery(shipping: Shipping | undefined): Html | '' {
  const address = shipping?.address
  if (address === undefined) return ''
  const town = [address.admin_area_2, address.admin_area_1, address.postal_code].filter(Boolean).join(', ')
  const lines = [
    shipping?.name?.full_name,
    address.address_line_1,
    address.address_line_2,
    town,
    countryName(address.country_code),
  ]
  return html`<section class="block" aria-labelledby="delivery">
    <h2 id="delivery">Deliver to</h2>
    <address>${lines.filter(Boolean).map((line, index) => html`${index === 0 ? '' : html`<br />`}${line}`)}</address>
  </section>`
}

function countryName(code: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}

function payForm(order: OrderRecord, presentation: Presentation): Html {
  const isImmediate = order.experience.payment_method_preference === 'IMMEDIATE_PAYMENT_REQUIRED'
  const choices = [
    ['balance', 'PayPal balance', 'The payment completes at once'],
    ['declined_card', 'Card that will be declined', 'The shop is told that the card was refused'],
    isImmediate
      ? ['pending', 'Balance, held for review', 'The payment stays pending']
      : ['pending', 'Bank account (eCheck)', 'The payment stays pending until it clears'],
  ] as const
  return html`<form method="post" action="/checkoutnow" class="block">
    <input type="hidden" name="token" value="${order.id}" />
    <input type="hidden" name="presentation" value="${presentation.kind}" />
    ${presentation.kind === 'redirect' ? '' : html`<input type="hidden" name="origin" value="${presentation.shopOrigin}" />`}
    <fieldset>
      <legend>Pay with</legend>
      ${choices.map(
        ([value, label, hint], index) =>
          html`<label class="choice">
            <input type="radio" name="funding" value="${value}" ${index === 0 ? 'checked' : ''} />
            <span>${label}<small>${hint}</small></span>
          </label>`,
      )}
    </fieldset>
    <div class="actions">
      <button class="main" name="action" value="approve">
        ${order.experience.user_action === 'PAY_NOW' ? 'Pay now' : 'Continue to review order'}
      </button>
      <button name="action" value="decline">Decline my card</button>
      <button class="plain" name="action" value="cancel">
        Cancel and return to ${order.experience.brand_name ?? 'the shop'}
      </button>
    </div>
  </form>`
}
