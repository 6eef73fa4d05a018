import 'server-only'

import { verify, type X509Certificate } from 'node:crypto'

import type { WebhookFlaw, WebhookTransmission, WebhookVerdict } from '@/lib/domain/webhook-gateway'

import { isCertificateAddress, type CertificateOrigin } from './certificate-address'
import type { CertificateStore } from './certificate-store'
import type { CertificateTrust } from './certificate-trust'
import { isNamed, isValidAt } from './read-certificates'
import { readHeaders, signedMessage, type TransmissionHeaders } from './transmission-headers'

export interface SignatureRules {
  /** Ours, as PayPal gave it at the registration; never from a request. */
  readonly webhookId: string
  readonly origin: CertificateOrigin
  readonly store: CertificateStore
  readonly trust: CertificateTrust
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The second way: PayPal's own word, when ours does not reach. */
  readonly askPayPal: (headers: TransmissionHeaders, text: string) => Promise<'genuine' | 'forged' | 'unknown'>
}

/** PayPal repeats a transmission for three days; whether under a new time is not documented. */
const AGE_MAX_MS = 4 * 24 * 3_600_000
/** Clocks of servers differ. */
const AHEAD_MAX_MS = 15 * 60_000

/**
 * Whether PayPal itself sent this, to us, lately. Steps as in PayPal's description of self-verification: the signature is RSA
 * over id, time, our webhook's id and the CRC-32 of the body, by a certificate of PayPal's. A CRC does not protect the body,
 * so a genuine transmission is still only a hint.
 */
export async function verifyTransmission(
  rules: SignatureRules,
  { header, text }: WebhookTransmission,
): Promise<WebhookVerdict> {
  const headers = readHeaders(header)
  if (!headers) return refused('header_missing')
  // PayPal once signed with SHA-1; what is not this one algorithm is not looked at.
  if (headers['paypal-auth-algo'] !== 'SHA256withRSA') return refused('algorithm')
  const transmittedAt = new Date(headers['paypal-transmission-time'])
  const ageMs = rules.now() - transmittedAt.getTime()
  if (ageMs > AGE_MAX_MS) return refused('too_old')
  if (ageMs < -AHEAD_MAX_MS) return refused('in_the_future')
  if (!isCertificateAddress(headers['paypal-cert-url'], rules.origin)) return refused('certificate_address')
  const fetched = await rules.store.get(headers['paypal-cert-url'])
  if (fetched.kind === 'missing') return refused('certificate_missing')
  if (fetched.kind === 'unknown') return secondWay(rules, headers, text, transmittedAt, fetched.cause)
  const [leaf, ...others] = fetched.certificates
  const flaw = findFlaw(rules, leaf, headers, text, transmittedAt)
  if (flaw) return refused(flaw)
  if (rules.trust.reaches(leaf, others, transmittedAt)) return { kind: 'genuine', transmittedAt }
  return secondWay(rules, headers, text, transmittedAt, 'the certificate leads to no known authority')
}

function refused(why: WebhookFlaw): WebhookVerdict {
  return { kind: 'refused', why }
}

function findFlaw(
  { origin, webhookId }: SignatureRules,
  leaf: X509Certificate,
  headers: TransmissionHeaders,
  text: string,
  at: Date,
): WebhookFlaw | null {
  if (!isValidAt(leaf, at)) return 'certificate_not_valid_then'
  if (!isNamed(leaf, origin.nameEnd)) return 'certificate_of_another'
  const signature = Buffer.from(headers['paypal-transmission-sig'], 'base64')
  const isSigned =
    leaf.publicKey.asymmetricKeyType === 'rsa' &&
    verify('sha256', signedMessage(headers, webhookId, text), leaf.publicKey, signature)
  return isSigned ? null : 'signature'
}

async function secondWay(
  { askPayPal }: SignatureRules,
  headers: TransmissionHeaders,
  text: string,
  transmittedAt: Date,
  cause: string,
): Promise<WebhookVerdict> {
  const answer = await askPayPal(headers, text)
  if (answer === 'genuine') return { kind: 'genuine', transmittedAt }
  return answer === 'forged' ? refused('refused_by_paypal') : { kind: 'unknown', cause }
}
