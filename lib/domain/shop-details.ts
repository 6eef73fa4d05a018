import { z } from 'zod'

import { Email } from './checkout'
import { oneLine } from './one-line'

const line = (max: number) =>
  z
    .string()
    .transform(oneLine)
    .pipe(z.string().max(max, `Keep this under ${max} characters.`))
const optionalEmail = z
  .string()
  .trim()
  .transform((typed, context) => {
    if (typed === '') return ''
    const parsed = Email.safeParse(typed)
    if (parsed.success) return parsed.data
    context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? 'Enter an e-mail address.' })
    return z.NEVER
  })

const REGION_NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** Whether there is a country of this ISO 3166-1 code, also one that nothing is delivered to. */
function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && code !== 'ZZ' && REGION_NAMES.of(code) !== undefined
}

/** What visitors see of the shop itself. Messages stand beside the fields they name. */
export const ShopFace = z.object({
  name: line(60).refine((value) => value !== '', 'Enter the name of the shop.'),
  tagline: line(160),
  contactEmail: optionalEmail,
})
export type ShopFace = z.infer<typeof ShopFace>

/** Who sells, as invoices and the page about the shop name them. */
export const Seller = z.object({
  legalName: line(120),
  addressLine1: line(120),
  addressLine2: line(120),
  addressCity: line(80),
  addressRegion: line(40),
  addressPostalCode: line(20),
  addressCountry: z
    .string()
    .trim()
    .toUpperCase()
    .refine((code) => code === '' || isCountry(code), 'Write the two letters of a country, such as DE.'),
  taxId: line(40),
})
export type Seller = z.infer<typeof Seller>

/** Whom the shop's mail comes from, beside the address that the mail server sends for. */
export const MailSender = z.object({
  mailSenderName: line(60).refine((value) => !/[<>"@,;:\\]/.test(value), 'Leave out < > " @ , ; : and \\.'),
  mailReplyTo: optionalEmail,
})
export type MailSender = z.infer<typeof MailSender>

/** The first message of each wrong field. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { path, message } of error.issues) errors[String(path[0] ?? 'form')] ??= message
  return errors
}
