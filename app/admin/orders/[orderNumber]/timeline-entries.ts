import type { OrderDesk } from '@/lib/admin/order-desk'
import { creditNoteNumber } from '@/lib/domain/credit-note'
import { invoiceNumber } from '@/lib/domain/invoice'
import type { MailKind } from '@/lib/domain/mail'
import { formatMoney } from '@/lib/domain/money'
import { BUYER } from '@/lib/domain/order-event'

import { eventName, holdText } from './order-texts'

/** A line of the timeline. */
export interface Entry {
  readonly key: string
  readonly at: Date
  readonly who: string
  readonly what: string
  readonly text: string
}

const SHOP = 'The shop'
const entry = (key: string, at: Date, who: string, what: string, text = ''): Entry => ({ key, at, who, what, text })
const inWords = (code: string) => code.toLowerCase().replaceAll('_', ' ')

/** All that an order's page knows of what happened, the newest first. */
export function entriesOf(desk: OrderDesk): Entry[] {
  const { order, events, money } = desk
  const say = (minor: number) => formatMoney({ minor, currency: order.total.currency })
  const entries: Entry[] = [
    {
      key: 'placed',
      at: money?.capturedAt ?? order.placedAt,
      who: 'The buyer',
      what: `paid ${say(order.total.minor)} with PayPal`,
      text: '',
    },
    ...events.map(({ id, at, kind, actorEmail, data }) => ({
      key: `event ${id}`,
      at,
      who: actorEmail === BUYER ? 'The buyer' : actorEmail,
      what: [
        eventName(kind),
        data.carrier ? `with ${data.carrier}` : '',
        data.trackingNumber ?? '',
        data.amountMinor === undefined ? '' : say(data.amountMinor),
        data.mail ? mailName(data.mail) : '',
      ]
        .filter(Boolean)
        .join(' '),
      text: data.text ?? '',
    })),
    ...refundEntries(desk),
    ...desk.disputes.flatMap(disputeEntries),
    ...desk.allHolds.flatMap(holdEntries),
    ...desk.shipments.flatMap(({ id, toldPaypalAt, trackingNumber }) =>
      toldPaypalAt
        ? [entry(`told ${id}`, toldPaypalAt, 'PayPal', `was told of the parcel ${trackingNumber ?? ''}`)]
        : [],
    ),
    ...paperEntries(desk),
    ...desk.mails.flatMap(mailEntries),
  ]
  return entries.toSorted((a, b) => b.at.getTime() - a.at.getTime())
}

function refundEntries({ order, refunds }: OrderDesk): Entry[] {
  return refunds.flatMap(({ id, state, stateSince, completedAt, amountMinor, reason, lastIssue }) => {
    const amount = formatMoney({ minor: amountMinor, currency: order.total.currency })
    if (completedAt) return [entry(`refund ${id}`, completedAt, 'PayPal', `has sent ${amount} back (${reason})`)]
    return state === 'failed'
      ? [entry(`refund ${id}`, stateSince, 'PayPal', `did not send ${amount} back (${reason})`, lastIssue ?? '')]
      : []
  })
}

function disputeEntries({ id, openedAt, resolvedAt, reason, outcome }: OrderDesk['disputes'][number]): Entry[] {
  const opened = entry(`dispute ${id}`, openedAt, 'The buyer', `opened dispute ${id}: ${inWords(reason)}`)
  if (!resolvedAt) return [opened]
  const end = outcome ? `: ${inWords(outcome)}` : ''
  return [opened, entry(`dispute ${id} ended`, resolvedAt, 'PayPal', `closed dispute ${id}${end}`)]
}

/** Staff's own holds are among what staff did. */
function holdEntries({ id, kind, ref, placedAt, releasedAt }: OrderDesk['allHolds'][number]): Entry[] {
  if (kind === 'manual') return []
  const why = holdText(kind, ref)
  const placed = entry(`hold ${id}`, placedAt, SHOP, 'held the order', why)
  return releasedAt ? [placed, entry(`hold ${id} over`, releasedAt, SHOP, 'lifted a hold', why)] : [placed]
}

function paperEntries({ invoice, creditNotes }: OrderDesk): Entry[] {
  const notes = creditNotes.map(({ number, issuedAt }) =>
    entry(`credit note ${number}`, issuedAt, SHOP, `gave credit note ${creditNoteNumber(number)}`),
  )
  return invoice
    ? [entry('invoice', invoice.issuedAt, SHOP, `gave invoice ${invoiceNumber(invoice.number)}`), ...notes]
    : notes
}

const MAIL_NAMES: Partial<Record<MailKind, string>> = {
  order_placed: 'that confirms the order',
  shipped: 'about a parcel',
  delivered: 'about the delivery',
  cancelled: 'about the cancellation',
  refunded: 'about a refund',
  return_requested: 'about the return that was asked for',
  return_approved: 'about the return that was approved',
  return_refused: 'about the return that was refused',
  return_received: 'about the return that arrived',
}

/** What a mail is about, by its kind or the key it was queued under. */
export function mailName(key: string): string {
  const [kind = ''] = key.split(':')
  return new Map<string, string>(Object.entries(MAIL_NAMES)).get(kind) ?? inWords(kind)
}

function mailEntries({ id, kind, doneAt, deadAt, lastError }: OrderDesk['mails'][number]): Entry[] {
  const name = `the mail ${mailName(kind)}`
  if (doneAt) return [entry(`mail ${id}`, doneAt, SHOP, `sent ${name}`)]
  return deadAt ? [entry(`mail ${id}`, deadAt, SHOP, `could not send ${name} and has given up`, lastError ?? '')] : []
}
