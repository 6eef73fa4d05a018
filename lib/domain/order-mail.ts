import type { MailKind } from './mail'

/** Mails about an order that staff may have sent again. */
const RESENT_KINDS = ['order_placed', 'shipped', 'delivered', 'cancelled', 'refunded'] as const
export type ResentKind = (typeof RESENT_KINDS)[number]

/** What a mail is about that goes once more: `time` counts those that staff have sent again of the order. */
export function aboutAgain(about: string, time: number): string {
  return `${about} again ${time}`
}

/** A mail that can be sent again, with what has become of the newest of its kind about the same thing. */
export type Resendable<Fate> = Fate & {
  readonly kind: ResentKind
  /** The key of the first mail of this kind about this thing. */
  readonly first: string
  /** The thing's id. */
  readonly about: string
}

/** The newest mail about each thing, of mails in the order of their writing. What puts right or repeats has more behind a space. */
export function newestMails<Fate extends { readonly key: string; readonly kind: MailKind }>(
  mails: readonly Fate[],
): Resendable<Fate>[] {
  const newest = new Map<string, Resendable<Fate>>()
  for (const mail of mails) {
    const kind = RESENT_KINDS.find((known) => known === mail.kind)
    const [first = ''] = mail.key.split(' ')
    if (kind) newest.set(first, { ...mail, kind, first, about: first.slice(kind.length + 1) })
  }
  return [...newest.values()]
}
