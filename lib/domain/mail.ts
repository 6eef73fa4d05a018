import { z } from 'zod'

import { isCurrency, type Currency } from './money'
import { oneLine } from './one-line'
import { AUTOMATIC_REFUND_REASONS } from './refund'

const line = (max: number) => z.string().transform(oneLine).pipe(z.string().max(max))

/** Below APP_URL, which the sender adds: a mail cannot lead to another host. May carry a secret. */
const path = z.string().regex(/^\/(?![/\\])[\x21-\x7e]*$/)
const minutes = z.int().positive()
const amount = {
  amountMinor: z.int().positive(),
  currency: z.custom<Currency>((value) => typeof value === 'string' && isCurrency(value)),
}
const about = { order: { orderId: z.uuid() }, attempt: { attemptId: z.uuid() } }

/** Why money went back without an order; null when somebody sent it back at PayPal's own site. */
const returnReason = z.enum(AUTOMATIC_REFUND_REASONS).nullable()

const pieces = z.array(z.object({ productName: line(200), detail: line(200), quantity: z.int().positive() })).max(200)

/**
 * Every mail the shop sends, with what it must be told. What is in the database is read when the mail is written: an order,
 * an attempt. Everything else is here, and gone from the row once the mail is sent.
 */
export const Mail = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('order_placed'), ...about.order }),
  /** PayPal has accepted the payment and is still looking at it. */
  z.object({ kind: z.literal('payment_checked'), ...about.attempt }),
  /** PayPal has looked, and said no. */
  z.object({ kind: z.literal('payment_failed'), ...about.attempt }),
  /** The money came, could not become an order, and has gone back: all of it, or what was left. */
  z.object({ kind: z.literal('payment_returned'), ...about.attempt, ...amount, reason: returnReason }),
  z.object({
    kind: z.literal('shipped'),
    ...about.order,
    carrier: line(80),
    trackingNumber: line(80).nullable(),
    /** The carrier's page; https only. */
    trackingUrl: z
      .url({ protocol: /^https$/ })
      .max(500)
      .nullable(),
    items: pieces,
    /** The number they were mailed before was wrong. */
    corrects: z.literal(true).optional(),
  }),
  z.object({ kind: z.literal('delivered'), ...about.order }),
  z.object({ kind: z.literal('cancelled'), ...about.order, reason: line(500).nullable() }),
  z.object({ kind: z.literal('refunded'), ...about.order, ...amount }),
  z.object({ kind: z.literal('return_requested'), ...about.order, items: pieces }),
  z.object({
    kind: z.literal('return_approved'),
    ...about.order,
    items: pieces,
    /** The lines of the shop's address; none while it has none. */
    sendTo: z.array(line(200)).max(12),
    answer: line(500).nullable(),
  }),
  z.object({ kind: z.literal('return_refused'), ...about.order, reason: line(500) }),
  z.object({ kind: z.literal('return_received'), ...about.order, items: pieces }),
  z.object({ kind: z.literal('sign_in_link'), path, minutes }),
  z.object({ kind: z.literal('verify_address'), path, minutes }),
  /** `account` is the address of the account that asks for this one, masked. */
  z.object({ kind: z.literal('email_change'), path, minutes, account: line(254) }),
  z.object({ kind: z.literal('password_reset'), path, minutes }),
  z.object({ kind: z.literal('password_changed') }),
  /** Goes to the old address and to the new one. */
  z.object({ kind: z.literal('email_changed'), newEmail: line(254) }),
  z.object({ kind: z.literal('new_device'), device: line(120), network: line(80).nullable() }),
  /** A passkey or a provider was added or removed. */
  z.object({ kind: z.literal('way_in_changed'), change: z.enum(['added', 'removed']), wayIn: line(120) }),
  z.object({ kind: z.literal('order_lookup_link'), path, minutes, orderNumber: line(20) }),
  z.object({ kind: z.literal('account_deletion'), days: z.int().positive() }),
  z.object({ kind: z.literal('account_deleted') }),
  z.object({ kind: z.literal('staff_invite'), path, minutes, invitedBy: line(120) }),
  /** To whoever asked for it on the settings page. */
  z.object({ kind: z.literal('test_mail') }),
])
export type Mail = z.infer<typeof Mail>
export type MailKind = Mail['kind']

/** After this many minutes the mail is of no use: its link is dead. Null: it keeps. */
export function mailLifeMinutes(mail: Mail): number | null {
  return 'minutes' in mail ? mail.minutes : null
}

export const MAIL_TRIES_MAX = 12

/** Seconds until the next try, by tries made so far: twelve tries in a little over two days. */
const BACKOFF_SECONDS = [5, 30, 120, 300, 900, 3_600, 7_200, 14_400, 28_800, 57_600, 86_400]

/** Null when that was the last try. */
export function nextMailTryInSeconds(triesMade: number): number | null {
  if (triesMade >= MAIL_TRIES_MAX) return null
  return BACKOFF_SECONDS[Math.max(triesMade, 1) - 1] ?? null
}
