import { orderStateName } from '@/components/admin/order-state'
import { returnStateName } from '@/components/admin/return-state'
import { formatMoney, type Money } from '@/lib/domain/money'
import { BUYER } from '@/lib/domain/order-event'
import type { HoldKind } from '@/lib/domain/order-hold'
import type { ActOutcome } from '@/lib/fulfilment/act-on-order'

/** What a form says when an act was not possible, and what to do next. */
export function refusalText(outcome: Exclude<ActOutcome, { kind: 'done' }>): string {
  switch (outcome.kind) {
    case 'not_found':
      return 'This order is not there any more.'
    case 'held':
      return 'The order is held. Release it first.'
    case 'nothing_to_ship':
      return 'Choose at least one piece for the parcel.'
    case 'left_to_ship':
      return 'There are still pieces to send. Send them, or give their money back first.'
    case 'refund_on_its_way':
      return 'The refund of the rest is still on its way. Mark the order shipped once the money is back with the buyer.'
    case 'nothing_received':
      return 'Say what was in the parcel. If nothing comes, refuse the return and say why.'
    case 'no_address':
      return 'The buyer could not be told where to send it: the shop has no address. An owner or a manager enters it under “Settings”; then approve the return.'
    case 'no_such_parcel':
      return 'There is no such parcel with a number. Reload the page to see the order as it is now.'
    case 'paypal_knows':
      return 'PayPal knows of this parcel already.'
    case 'other_tax':
      return 'The tax there is another, and the buyer has paid this one. Cancel the order and let them order anew, or keep the region.'
    case 'no_such_mail':
      return 'This mail cannot be sent again: what it said does not hold any more. Reload the page to see the order as it is now.'
    case 'mail_on_its_way':
      return 'This mail is on its way already.'
    case 'buyer_forgotten':
      return 'The buyer was erased: there is nobody to write to.'
    case 'return_is':
      return `The return is already “${returnStateName(outcome.state)}”. Reload the page to see it as it is now.`
    case 'too_many':
      return `Only ${outcome.left} of item ${outcome.position + 1} are left.`
    case 'illegal':
      return `That does not go with an order that is “${orderStateName(outcome.from)}”.`
    case 'changed_meanwhile': {
      const last = outcome.events.at(-1)
      return `Meanwhile ${last ? actorName(last.actorEmail) : 'somebody'} did this: ${last ? eventName(last.kind) : 'something'}. Reload the page to see the order as it is now.`
    }
  }
}

/** What a page has shown is not what would go back by now. */
export function otherAmountText(amount: Money): string {
  return `Meanwhile other money went back, and it would be ${formatMoney(amount)} now. Nothing was sent. Reload the page and look at it again.`
}

/** Why an order is held, for whoever wants to ship it. */
export function holdText(kind: HoldKind, ref: string): string {
  if (kind === 'manual') return 'Held by staff.'
  return kind === 'unpaid' ? `PayPal holds no money of the payment ${ref}.` : `PayPal ${kind} ${ref}.`
}

function actorName(actorEmail: string): string {
  return actorEmail === BUYER ? 'the buyer' : actorEmail
}

const EVENT_NAMES: Readonly<Record<string, string>> = {
  processing: 'started packing',
  reopened: 'put it back to be packed',
  shipped: 'shipped a parcel',
  parcel_corrected: 'put a parcel right:',
  parcel_told_again: 'had PayPal told again of a parcel',
  sending_ended: 'marked it shipped: nothing is left to send',
  delivered: 'marked it delivered',
  cancelled: 'cancelled it',
  refunded: 'gave money back',
  returned: 'took it back',
  held: 'held it',
  released: 'released it',
  note: 'wrote a note',
  address_changed: 'changed the address',
  mail_resent: 'sent a mail again',
  return_requested: 'asked to send something back',
  return_approved: 'approved a return',
  return_refused: 'refused a return',
  return_received: 'took in a return',
  return_refunded: 'gave money back for a return,',
}

export function eventName(kind: string): string {
  return EVENT_NAMES[kind] ?? kind
}

/** What follows when PayPal has said no to a refund. */
export const REFUSED_TEXT =
  'PayPal refused to give the money back. Whoever decides about payments has it under Payments: it can be sent again there, or ignored with a reason.'

const DONE_TEXTS: Readonly<Record<string, string>> = {
  start: 'You are packing it.',
  reopen: 'It is back among the orders to pack.',
  end: 'It is shipped. Once it has arrived, mark it delivered.',
  deliver: 'It is delivered, and the buyer gets a mail.',
  shipped: 'The parcel is on its way. The buyer gets a mail, and PayPal is told.',
  corrected: 'The parcel is put right. The buyer gets a mail, and PayPal is told.',
  told_again: 'PayPal is being told again. Reload the page in a moment to see what it says.',
  held: 'The order is held.',
  released: 'The order is released.',
  noted: 'The note is written.',
  address: 'The address is changed.',
  cancelled: 'The order is cancelled; the money is on its way back, and the buyer gets a mail.',
  cancelled_refused: `The order is cancelled, and its pieces are back on the shelf, but ${REFUSED_TEXT}`,
  cancelled_nothing: 'The order is cancelled, and its pieces are back on the shelf. No money was left to give back.',
  refunded: 'The money is on its way back, and the buyer gets a mail once PayPal has sent it.',
  refund_refused: `Nothing was sent: ${REFUSED_TEXT}`,
  mailed: 'The mail is sent again in a moment.',
}

export function doneText(done: unknown): string | null {
  return typeof done === 'string' ? (DONE_TEXTS[done] ?? null) : null
}
