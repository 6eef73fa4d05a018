import { Email } from './checkout'

export interface Mailbox {
  /** Empty when there is none. */
  readonly name: string
  readonly address: string
}

/** Reads "Shop <orders@shop.example>", or the address alone. Null for anything else, lists included. */
export function parseMailbox(text: string): Mailbox | null {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(text)) return null
  const named = /^\s*([^<>"@,;:\\]*?)\s*<([^<>]+)>\s*$/.exec(text)
  const address = Email.safeParse(named?.[2] ?? text)
  return address.success ? { name: named?.[1] ?? '', address: address.data } : null
}
