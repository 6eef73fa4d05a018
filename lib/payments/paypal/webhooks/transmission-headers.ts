import { crc32 } from 'node:zlib'

import { z } from 'zod'

/** Lengths as in PayPal's description of verify-webhook-signature (notifications v1). */
export const TransmissionHeaders = z.object({
  'paypal-transmission-id': z.string().regex(/^[\x21-\x7b\x7d\x7e]{1,50}$/),
  'paypal-transmission-time': z.iso.datetime({ offset: true }).max(100),
  'paypal-transmission-sig': z.base64().min(1).max(2_000),
  'paypal-cert-url': z.string().min(1).max(500),
  'paypal-auth-algo': z.string().min(1).max(100),
  'paypal-auth-version': z.string().min(1).max(20),
})
export type TransmissionHeaders = z.infer<typeof TransmissionHeaders>

/** Null when one is missing or of another form. */
export function readHeaders(header: (name: string) => string | null): TransmissionHeaders | null {
  const names = Object.keys(TransmissionHeaders.shape)
  const parsed = TransmissionHeaders.safeParse(Object.fromEntries(names.map((name) => [name, header(name)])))
  return parsed.success ? parsed.data : null
}

/** What PayPal signs: the body goes in as its CRC-32 in decimal, and the webhook's id is the one that we are registered with. */
export function signedMessage(headers: TransmissionHeaders, webhookId: string, text: string): Buffer {
  const { 'paypal-transmission-id': id, 'paypal-transmission-time': time } = headers
  return Buffer.from(`${id}|${time}|${webhookId}|${crc32(Buffer.from(text))}`)
}
