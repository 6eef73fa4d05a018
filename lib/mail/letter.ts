import 'server-only'

import type { Picture } from '@/lib/domain/catalog'

/**
 * What a mail says, before anybody has decided how it looks. HTML and text are both made of it (`letter-html.ts`,
 * `letter-text.ts`), so that neither can say something that the other does not.
 */
export interface Letter {
  readonly subject: string
  /** What a list of mails shows after the subject. */
  readonly preview: string
  readonly title: string
  readonly blocks: readonly Block[]
  /** Why it was sent to this address. */
  readonly reason: string
}

export type Block =
  | { readonly kind: 'paragraph' | 'note'; readonly text: string }
  | { readonly kind: 'section'; readonly title: string }
  /** The one thing to do, and what else there is to look at. */
  | { readonly kind: 'button' | 'link'; readonly label: string; readonly url: string }
  /** A link that must also work where buttons do not: it stands there to be copied. */
  | { readonly kind: 'secret_link'; readonly label: string; readonly url: string }
  | { readonly kind: 'items'; readonly items: readonly LetterItem[] }
  | { readonly kind: 'sums'; readonly rows: readonly LetterSum[] }
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly name: string; readonly value: string }[] }

export interface LetterItem {
  readonly name: string
  readonly detail: string
  /** With its currency; empty where money is not the matter. */
  readonly amount: string
  readonly picture: Picture | null
}

export interface LetterSum {
  readonly label: string
  readonly amount: string
  readonly isTotal: boolean
}

/** The shop as mail speaks of it. */
export interface MailShop {
  readonly name: string
  /** Without a slash at the end. */
  readonly url: string
}
