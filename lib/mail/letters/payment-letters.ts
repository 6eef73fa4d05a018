import 'server-only'

import type { AttemptSnapshot } from '@/lib/domain/attempt-snapshot'
import type { Mail } from '@/lib/domain/mail'
import { formatMoney } from '@/lib/domain/money'

import type { Letter, MailShop } from '../letter'
import { itemsBlock, sumsBlock } from './bought-blocks'

/** A payment that is not an order, or not yet. */
export interface BegunPayment {
  readonly snapshot: AttemptSnapshot
}

export function paymentCheckedLetter(shop: MailShop, { snapshot }: BegunPayment): Letter {
  const total = totalOf(snapshot)
  return {
    subject: `PayPal is checking your payment to ${shop.name}`,
    preview: 'There is nothing for you to do. Please do not pay again.',
    title: 'Your payment is being checked',
    blocks: [
      {
        kind: 'paragraph',
        text: `PayPal is looking at your payment of ${total} before it hands it on. That is nothing unusual and often over within a day. There is nothing for you to do, so please do not pay again.`,
      },
      {
        kind: 'paragraph',
        text: 'What you chose is kept for you meanwhile. We write as soon as PayPal has decided: either your order is placed then, or no money is taken.',
      },
      { kind: 'section', title: 'What is kept for you' },
      itemsBlock(snapshot),
      sumsBlock(snapshot),
    ],
    reason: beganHere(shop),
  }
}

export function paymentFailedLetter(shop: MailShop, { snapshot }: BegunPayment): Letter {
  const total = totalOf(snapshot)
  return {
    subject: `Your payment to ${shop.name} did not go through`,
    preview: 'No money was taken, and nothing was ordered.',
    title: 'PayPal has declined the payment',
    blocks: [
      {
        kind: 'paragraph',
        text: `PayPal has looked at your payment of ${total} and declined it. No money was taken, and nothing was ordered. PayPal does not tell us why; your PayPal account may.`,
      },
      {
        kind: 'paragraph',
        text: 'If you still want these things, choose them again and pay another way. They are no longer kept for you.',
      },
      { kind: 'button', label: 'Back to the shop', url: shop.url },
      { kind: 'section', title: 'What it was for' },
      itemsBlock(snapshot),
      sumsBlock(snapshot),
    ],
    reason: beganHere(shop),
  }
}

type Returned = Extract<Mail, { kind: 'payment_returned' }>

const CAUSES: Readonly<Record<NonNullable<Returned['reason']>, string>> = {
  late_capture: 'It came for a cart that had been paid already, so we did not take it a second time.',
  unfulfillable: 'It came so late that what you chose had been sold meanwhile.',
  mismatch: 'Its amount was not the one that you and we had agreed on.',
  gone_at_paypal: 'PayPal had given it back before it became an order.',
}

export function paymentReturnedLetter(shop: MailShop, { snapshot }: BegunPayment, mail: Returned): Letter {
  const amount = formatMoney({ minor: mail.amountMinor, currency: mail.currency })
  return {
    subject: `${amount} back from your payment to ${shop.name}`,
    preview: 'Nothing was ordered with it.',
    title: 'Your money is on its way back',
    blocks: [
      {
        kind: 'paragraph',
        text: `A payment reached us that did not become an order.${mail.reason === null ? '' : ` ${CAUSES[mail.reason]}`}`,
      },
      {
        kind: 'paragraph',
        text: `${amount} has gone back through PayPal to where it came from. A PayPal balance shows it at once; a bank or a card needs some days more. We are sorry for the trouble.`,
      },
      { kind: 'section', title: 'What it was for' },
      itemsBlock(snapshot),
      { kind: 'button', label: 'Back to the shop', url: shop.url },
    ],
    reason: beganHere(shop),
  }
}

function totalOf({ totalMinor, currency }: AttemptSnapshot): string {
  return formatMoney({ minor: totalMinor, currency })
}

function beganHere(shop: MailShop): string {
  return `You get this mail because somebody began to pay at ${shop.name} and gave this address.`
}
