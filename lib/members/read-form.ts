import 'server-only'

import { Email } from '@/lib/domain/checkout'
import { waitText } from '@/lib/domain/member-limits'

export type ParsedEmail =
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'invalid'; readonly message: string }

/** One mailbox in its one spelling. Lists, quotes and odd characters are refused by `Email`. */
export function parseEmail(typed: string): ParsedEmail {
  const parsed = Email.safeParse(typed)
  return parsed.success
    ? { kind: 'email', email: parsed.data }
    : { kind: 'invalid', message: parsed.error.issues[0]?.message ?? 'Enter an e-mail address.' }
}

export function slowDownText(seconds: number): string {
  return `Too many tries. Try again ${waitText(seconds)}; a link by e-mail or a passkey may still let you in now.`
}

export function slowMailText(seconds: number): string {
  return `We have sent several mails there already. Ask for another ${waitText(seconds)}, and look among unwanted mail too.`
}

export const DISABLED_TEXT = 'This account has been closed by the shop. Write to us if that is a mistake.'
