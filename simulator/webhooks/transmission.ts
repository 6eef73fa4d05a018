import { sign } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { toPayPalTime } from '../clock'
import type { Authority, LeafName } from './authority'
import type { Spoil, SpoilKind } from './spoils'

/** What is sent: the body is exactly what was signed, unless a spoil says otherwise. */
export type Transmission = { headers: Record<string, string>; body: string }

export type Sending = {
  origin: string
  transmissionId: string
  webhookId: string
  /** Milliseconds of the simulated clock. */
  at: number
  text: string
  spoil: Spoil | null
}

const LEAF_OF: Partial<Record<SpoilKind, LeafName>> = {
  expired_certificate: 'expired',
  untrusted_certificate: 'untrusted',
  other_name_certificate: 'other_name',
}
const STALE_SECONDS = 5 * 24 * 3600
const OVERSIZED_BYTES = 2_000_000

/** Signs an event as PayPal does: SHA256withRSA over id, time, webhook id and the CRC-32 of the body in decimal. */
export function makeTransmission(authority: Authority, sending: Sending): Transmission {
  const { spoil, transmissionId } = sending
  const leaf = authority.leaves[(spoil && LEAF_OF[spoil.kind]) ?? 'current']
  const text = signedText(sending)
  const age = spoil?.kind === 'stale' ? (spoil.seconds ?? STALE_SECONDS) * 1000 : 0
  const time = toPayPalTime(sending.at - age)
  const webhookId = spoil?.kind === 'other_webhook' ? 'ANOTHERSHOP234567' : sending.webhookId
  const message = signedMessage(
    spoil?.kind === 'wrong_signature' ? 'another-transmission' : transmissionId,
    time,
    webhookId,
    text,
  )
  const isWeak = spoil?.kind === 'weak_algorithm'
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'user-agent': 'PayPal/AUHD-simulated',
    'paypal-transmission-id': transmissionId,
    'paypal-transmission-time': time,
    'paypal-transmission-sig': sign(isWeak ? 'sha1' : 'sha256', Buffer.from(message), leaf.privateKey).toString(
      'base64',
    ),
    'paypal-cert-url': `${certHost(sending)}/v1/notifications/certs/${leaf.id}`,
    'paypal-auth-algo': isWeak ? 'SHA1withRSA' : 'SHA256withRSA',
    'paypal-auth-version': 'v2',
  }
  if (spoil?.kind === 'missing_header') delete headers['paypal-transmission-sig']
  return { headers, body: spoil?.kind === 'tampered_body' ? text.replace(/^\{/, '{"tampered":true,') : text }
}

export function signedMessage(transmissionId: string, time: string, webhookId: string, body: string | Buffer): string {
  return `${transmissionId}|${time}|${webhookId}|${crc32(body)}`
}

function signedText({ spoil, text }: Sending): string {
  if (spoil?.kind === 'not_json') return 'This is no JSON'
  if (spoil?.kind !== 'oversized') return text
  const padding = 'x'.repeat(Math.max(0, (spoil.bytes ?? OVERSIZED_BYTES) - Buffer.byteLength(text) - 13))
  return `${text.slice(0, -1)},"padding":"${padding}"}`
}

/** A wrong host that works: the same server under another name, so that only a check of the host can refuse it. */
function certHost({ origin, spoil }: Sending): string {
  if (spoil?.kind !== 'wrong_cert_host') return origin
  const url = new URL(origin)
  url.hostname = url.hostname === '127.0.0.1' ? 'localhost' : '127.0.0.1'
  return url.origin
}
