import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { WebhookVerdict } from '@/lib/domain/webhook-gateway'
import { openAuthority, type Authority, type LeafName } from '@/simulator/webhooks/authority'
import type { SpoilKind } from '@/simulator/webhooks/spoils'
import { makeTransmission } from '@/simulator/webhooks/transmission'

import { simulatorOrigin } from './certificate-address'
import { CertificateStore } from './certificate-store'
import { CertificateTrust, trustPublicRoots } from './certificate-trust'
import { readCertificates } from './read-certificates'
import { verifyTransmission, type SignatureRules } from './webhook-signature'

const WEBHOOK_ID = 'TESTWEBHOOK23456'
const NOW = Date.parse('2026-11-20T10:00:00Z')
const TEXT = '{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"note":"größer","a":1.0}}'

let authority: Authority
let host: { url: string; asked: string[]; close: () => Promise<void> }
/** What the certificate host does, when it is not to serve what it should. */
let misbehave: RequestListener | null = null

beforeAll(async () => {
  authority = await openAuthority(null)
  host = await serveCertificates()
})
afterAll(() => host.close())

/** The host of PayPal's certificates, in this file's own hands. */
async function serveCertificates() {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (misbehave) return misbehave(request, response)
    const leaf = Object.values(authority.leaves).find(({ id }) => request.url?.endsWith(`/certs/${id}`))
    response.writeHead(leaf ? 200 : 404).end(leaf?.certificate)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()))
  return { url, asked, close }
}

interface Case {
  readonly spoil?: SpoilKind
  readonly at?: number
  readonly text?: string
  readonly headers?: Record<string, string | undefined>
  readonly rules?: Partial<SignatureRules>
}

let askedPayPal = 0
const chain = () => new CertificateTrust(readCertificates(authority.root + authority.intermediate))

async function verify({ spoil, at = NOW, text, headers, rules }: Case): Promise<WebhookVerdict> {
  askedPayPal = 0
  const sent = makeTransmission(authority, {
    origin: host.url,
    transmissionId: '69cd13f0-d67a-11e5-baa3-778b53f4ae55',
    webhookId: WEBHOOK_ID,
    at,
    text: TEXT,
    spoil: spoil ? { kind: spoil } : null,
  })
  const all: Record<string, string | undefined> = { ...sent.headers, ...headers }
  return verifyTransmission(
    {
      webhookId: WEBHOOK_ID,
      origin: simulatorOrigin(host.url),
      store: new CertificateStore(),
      trust: chain(),
      now: () => NOW,
      askPayPal: async () => {
        askedPayPal += 1
        return 'forged'
      },
      ...rules,
    },
    { header: (name) => all[name] ?? null, text: text ?? sent.body },
  )
}

const refused = (why: string) => ({ kind: 'refused', why })

describe('a transmission', () => {
  test('that PayPal signed for us is genuine, and PayPal need not be asked', async () => {
    expect(await verify({})).toEqual({ kind: 'genuine', transmittedAt: new Date(NOW) })
    expect(askedPayPal).toBe(0)
  })

  test('is refused without PayPal being asked, however it was spoilt', async () => {
    const spoils: [SpoilKind, string][] = [
      ['tampered_body', 'signature'],
      ['wrong_signature', 'signature'],
      ['other_webhook', 'signature'],
      ['weak_algorithm', 'algorithm'],
      ['missing_header', 'header_missing'],
      ['wrong_cert_host', 'certificate_address'],
      ['expired_certificate', 'certificate_not_valid_then'],
      ['other_name_certificate', 'certificate_of_another'],
      ['stale', 'too_old'],
    ]
    for (const [spoil, why] of spoils) {
      expect([spoil, await verify({ spoil })]).toEqual([spoil, refused(why)])
      expect(askedPayPal).toBe(0)
    }
  })

  test('is refused when one character of the body differs, also one that means nothing in JSON', async () => {
    for (const text of [TEXT.replace('1.0', '1'), `${TEXT} `, TEXT.replace('ö', 'o\u0308')]) {
      expect(await verify({ text })).toEqual(refused('signature'))
    }
  })

  test.each([
    'paypal-transmission-id',
    'paypal-transmission-time',
    'paypal-transmission-sig',
    'paypal-cert-url',
    'paypal-auth-algo',
    'paypal-auth-version',
  ])('is refused without %s', async (name) => {
    expect(await verify({ headers: { [name]: undefined } })).toEqual(refused('header_missing'))
    expect(await verify({ headers: { [name]: '' } })).toEqual(refused('header_missing'))
  })

  test.each(['sha1WithRSA', 'SHA1withRSA', 'SHA256withECDSA', 'none', 'sha256withrsa'])(
    'is refused by the algorithm %s',
    async (algorithm) => {
      expect(await verify({ headers: { 'paypal-auth-algo': algorithm } })).toEqual(refused('algorithm'))
    },
  )

  test('is refused when header and signature disagree about id or time', async () => {
    const time = new Date(NOW - 1000).toISOString()
    expect(await verify({ headers: { 'paypal-transmission-time': time } })).toEqual(refused('signature'))
    expect(await verify({ headers: { 'paypal-transmission-id': 'another' } })).toEqual(refused('signature'))
    expect(await verify({ headers: { 'paypal-transmission-id': 'a|b' } })).toEqual(refused('header_missing'))
  })

  test('is good for four days, and not long before its time', async () => {
    const day = 24 * 3_600_000
    expect(await verify({ at: NOW - 4 * day + 1000 })).toMatchObject({ kind: 'genuine' })
    expect(await verify({ at: NOW - 4 * day - 1000 })).toEqual(refused('too_old'))
    expect(await verify({ at: NOW + 14 * 60_000 })).toMatchObject({ kind: 'genuine' })
    expect(await verify({ at: NOW + 16 * 60_000 })).toEqual(refused('in_the_future'))
  })

  test('signed for another shop is refused', async () => {
    expect(await verify({ rules: { webhookId: 'ANOTHER' } })).toEqual(refused('signature'))
  })
})

describe('the certificate', () => {
  test('is asked for once, however many transmissions there are', async () => {
    const store = new CertificateStore()
    const before = host.asked.length
    await Promise.all(Array.from({ length: 5 }, () => verify({ rules: { store } })))
    await verify({ rules: { store } })
    expect(host.asked.length - before).toBe(1)
  })

  test('that is not there is no certificate of PayPal’s', async () => {
    const headers = { 'paypal-cert-url': `${host.url}/v1/notifications/certs/CERT-of-nobody` }
    expect(await verify({ headers })).toEqual(refused('certificate_missing'))
  })

  test.each<[string, RequestListener]>([
    ['a redirect', (_request, response) => response.writeHead(302, { location: `${host.url}/elsewhere` }).end()],
    ['something without end', (_request, response) => response.writeHead(200).end('x'.repeat(1_000_000))],
    ['no certificate', (_request, response) => response.writeHead(200).end('hello')],
    ['an error', (_request, response) => response.writeHead(500).end()],
    ['nothing', (request) => request.socket.destroy()],
  ])('cannot be had when its host answers %s: PayPal is asked, and its word counts', async (_name, listener) => {
    misbehave = listener
    try {
      const before = host.asked.length
      expect(await verify({})).toEqual(refused('refused_by_paypal'))
      expect(await verify({ rules: { askPayPal: async () => 'genuine' } })).toMatchObject({ kind: 'genuine' })
      expect(await verify({ rules: { askPayPal: async () => 'unknown' } })).toMatchObject({ kind: 'unknown' })
      expect(host.asked.slice(before).filter((path) => path === '/elsewhere')).toEqual([])
    } finally {
      misbehave = null
    }
  })
})

describe('the chain', () => {
  const reaches = (leaf: LeafName, trust: CertificateTrust, helping: string[] = []) => {
    const [certificate] = readCertificates(authority.leaves[leaf].certificate)
    if (!certificate) throw new Error('no certificate')
    return trust.reaches(certificate, helping.flatMap(readCertificates), new Date(NOW))
  }
  const root = () => new CertificateTrust(readCertificates(authority.root))

  test('leads over the intermediate to the root', () => {
    expect(reaches('current', chain())).toBe(true)
  })

  test('may be served with the leaf', () => {
    expect(reaches('current', root())).toBe(false)
    expect(reaches('current', root(), [authority.intermediate])).toBe(true)
  })

  test('ends at an authority that is believed, not at one that the sender brought along', () => {
    expect(reaches('current', new CertificateTrust([]), [authority.intermediate, authority.root])).toBe(false)
    expect(reaches('current', trustPublicRoots(), [authority.intermediate, authority.root])).toBe(false)
    expect(reaches('current', new CertificateTrust(readCertificates(authority.intermediate)))).toBe(false)
  })

  test('does not begin at a certificate of the right name by another key', () => {
    expect(reaches('untrusted', chain())).toBe(false)
  })

  test('does not go over a certificate that may issue none', () => {
    const [leaf] = readCertificates(authority.leaves.current.certificate)
    if (!leaf) throw new Error('no certificate')
    expect(leaf.ca).toBe(false)
    expect(reaches('other_name', root(), [authority.leaves.current.certificate])).toBe(false)
  })

  test('does not go over an authority that was not yet there, or is no more', () => {
    const [leaf] = readCertificates(authority.leaves.current.certificate)
    expect(leaf && chain().reaches(leaf, [], new Date('2055-01-01'))).toBe(false)
  })

  test('that cannot be followed makes PayPal’s own word count', async () => {
    const trust = trustPublicRoots()
    expect(await verify({ rules: { trust } })).toEqual(refused('refused_by_paypal'))
    expect(await verify({ rules: { trust, askPayPal: async () => 'genuine' } })).toMatchObject({ kind: 'genuine' })
    expect(await verify({ rules: { trust, askPayPal: async () => 'unknown' } })).toMatchObject({ kind: 'unknown' })
  })

  test('of a stranger is refused', async () => {
    expect(await verify({ spoil: 'untrusted_certificate' })).toEqual(refused('refused_by_paypal'))
  })
})
