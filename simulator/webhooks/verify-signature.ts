import { verify, X509Certificate } from 'node:crypto'
import { answered, refusedWith, type Outcome } from '../outcome'
import { createFieldChecks, isObject } from '../orders/field-checks'
import { detail, refuse } from '../refusals'
import type { Simulator } from '../simulator'
import { LEAVES, type Leaf } from './authority'
import { rawMember } from './raw-member'
import { signedMessage } from './transmission'

const FIELDS = [
  'auth_algo',
  'cert_url',
  'transmission_id',
  'transmission_sig',
  'transmission_time',
  'webhook_id',
] as const
type Claim = Record<(typeof FIELDS)[number], string>

/** PayPal's own answer to whether a transmission is genuine. The event is taken as the bytes between which it stood. */
export async function verifySignature(simulator: Simulator, body: unknown, raw: string): Promise<Outcome> {
  if (!isObject(body)) return refusedWith(refuse(detail('MALFORMED_REQUEST_JSON', { location: 'body' })))
  const checks = createFieldChecks()
  for (const field of FIELDS) checks.text(body, field, '', { required: true, min: 1, max: 500 })
  checks.object(body, 'webhook_event', '', true)
  const [first, ...others] = checks.problems
  if (first !== undefined) return refusedWith(refuse(first, ...others))
  const { leaves } = await simulator.authority()
  // The stranger's certificate is served like the others, but PayPal knows it is none of its own.
  const genuine = LEAVES.filter((name) => name !== 'untrusted').map((name) => leaves[name])
  const isGenuine = isSignedBy(genuine, simulator.origin(), body as Claim, rawMember(raw, 'webhook_event') ?? '')
  return answered({ verification_status: isGenuine ? 'SUCCESS' : 'FAILURE' })
}

function isSignedBy(leaves: readonly Leaf[], origin: string, claim: Claim, event: string): boolean {
  if (claim.auth_algo !== 'SHA256withRSA') return false
  const leaf = leaves.find(({ id }) => claim.cert_url === `${origin}/v1/notifications/certs/${id}`)
  const sentAt = Date.parse(claim.transmission_time)
  if (leaf === undefined || Number.isNaN(sentAt)) return false
  const certificate = new X509Certificate(leaf.certificate)
  if (sentAt < Date.parse(certificate.validFrom) || sentAt > Date.parse(certificate.validTo)) return false
  const message = signedMessage(claim.transmission_id, claim.transmission_time, claim.webhook_id, event)
  return verify('sha256', Buffer.from(message), certificate.publicKey, Buffer.from(claim.transmission_sig, 'base64'))
}
