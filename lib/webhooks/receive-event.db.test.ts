import { createHash, randomBytes } from 'node:crypto'
import { createServer, request } from 'node:http'

import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { createDatabase, type Database } from '@/db/client'
import { CertificateTrust } from '@/lib/payments/paypal/webhooks/certificate-trust'
import type { SpoilKind } from '@/simulator/webhooks/spoils'
import { severableLink, type SeverableLink } from '@/testing/severable-link'
import { beginPaying, newBuyer } from '@/testing/test-buyer'
import { openWebhookShop, readInbox, type WebhookShop } from '@/testing/test-webhooks'

let shop: WebhookShop
let link: SeverableLink
let linked: Database

beforeAll(async () => {
  shop = await openWebhookShop()
  link = await severableLink(shop.databaseUrl)
  linked = createDatabase(link.url)
})
beforeEach(() => shop.paypal.drainWebhooks())
afterEach(() => shop.behindDoor(shop.services))
afterAll(async () => {
  await linked.$client.end()
  link.close()
  await shop.close()
})

/** An event of any type, sent to the door as PayPal would. @returns the door's status. */
async function send(what: { spoil?: SpoilKind; eventType?: string; resource?: object; eventId?: string }) {
  const { eventType = 'SOMETHING.NEW', ...rest } = what
  const [sent] = await shop.paypal.sendWebhook(
    rest.eventId === undefined ? { eventType, ...rest } : { eventId: rest.eventId },
  )
  if (!sent) throw new Error('nothing was sent')
  return sent
}

async function countEvents(): Promise<number> {
  return (await readInbox(shop.db)).length
}

describe('the door takes', () => {
  test('an event once, whatever its type, and says so again when it comes again', async () => {
    const sent = await send({ resource: { id: 'X1' } })
    expect(sent.status).toBe(200)
    expect(await readInbox(shop.db, 'X1')).toMatchObject([{ type: 'SOMETHING.NEW', source: 'delivered', done: false }])
    expect(await send({ eventId: sent.eventId })).toMatchObject({ status: 200, body: '{"kind":"known"}' })
    expect(await readInbox(shop.db, 'X1')).toHaveLength(1)
  })

  test('a delivery that somebody has recorded and sends again, byte for byte, as known: nothing is looked at anew', async () => {
    const recorded = new Headers()
    shop.behindDoor({
      db: shop.db,
      webhooks: {
        ...shop.services.webhooks,
        verify: (transmission) => {
          for (const name of RECORDED) recorded.set(name, transmission.header(name) ?? '')
          return shop.services.webhooks.verify(transmission)
        },
      },
    })
    const sent = await send({ resource: { id: 'REPLAYED1' } })
    await shop.db.execute(
      sql`update webhook_events set done_at = now(), next_action_at = null where id = ${sent.eventId}`,
    )
    const { rows } = await shop.db.execute<{ body: string }>(
      sql`select body from webhook_events where id = ${sent.eventId}`,
    )
    const replay = await fetch(shop.doorUrl, { method: 'POST', headers: recorded, body: rows[0]?.body ?? '' })
    expect([replay.status, await replay.text()]).toEqual([200, '{"kind":"known"}'])
    expect(await readInbox(shop.db, 'REPLAYED1')).toMatchObject([{ done: true, tries: 0 }])
  })

  test('five of the same at once as one', async () => {
    await shop.paypal.spoilWebhooks('duplicate', { copies: 4 })
    const who = await newBuyer(shop.db)
    const paypalOrderId = await beginPaying(shop, who)
    await shop.paypal.approve(paypalOrderId)
    const deliveries = (await shop.paypal.webhookDeliveries()).filter(({ state }) => state === 'waiting')
    expect(deliveries).toHaveLength(5)
    const eventId = deliveries[0]?.eventId ?? ''
    const statuses = await Promise.all(deliveries.map(async () => (await send({ eventId })).status))
    expect(statuses).toEqual([200, 200, 200, 200, 200])
    expect((await shop.paypal.drainWebhooks()).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(await readInbox(shop.db, paypalOrderId)).toHaveLength(1)
  })

  test('an event together with the waking of its attempt, and the buyer’s own browser is given a moment', async () => {
    const paypalOrderId = await beginPaying(shop, await newBuyer(shop.db))
    await shop.db.execute(sql`update payment_attempts set next_action_at = now() + interval '1 hour'
      where paypal_order_id = ${paypalOrderId}`)
    await shop.paypal.approve(paypalOrderId)
    await shop.paypal.drainWebhooks()
    const { rows } = await shop.db.execute<{ seconds: number }>(sql`
      select extract(epoch from next_action_at - now())::float8 as seconds from payment_attempts
      where paypal_order_id = ${paypalOrderId}`)
    expect(rows[0]?.seconds).toBeLessThanOrEqual(5)
  })

  test('an event whose certificate leads nowhere, once PayPal has said that it is its own', async () => {
    shop.behindDoor({ db: shop.db, webhooks: shop.webhooksWith({ trust: new CertificateTrust([]) }) })
    const paypalOrderId = await beginPaying(shop, await newBuyer(shop.db))
    await shop.paypal.approve(paypalOrderId)
    expect(await shop.paypal.drainWebhooks()).toMatchObject([{ status: 200 }])
    expect(await send({ spoil: 'untrusted_certificate' })).toMatchObject({ status: 400 })
    const asked = (await shop.paypal.requests()).filter(({ operation }) => operation === 'verify_signature')
    expect(asked.map(({ status }) => status)).toEqual([200, 200])
  })

  test('an event whose characters would not survive being parsed and written, also by PayPal’s word', async () => {
    shop.behindDoor({ db: shop.db, webhooks: shop.webhooksWith({ trust: new CertificateTrust([]) }) })
    const text = `{ "id":"WH-odd",  "event_type":"SOMETHING.NEW","resource":{"id":"ODD1","a":1.0,"b":"\\u00e9\\/","c":{}} }`
    const [sent] = await shop.paypal.sendWebhook({ text })
    expect(sent?.status).toBe(200)
    const { rows } = await shop.db.execute(sql`select body from webhook_events where id = 'WH-odd'`)
    expect(rows).toEqual([{ body: text }])
  })
})

describe('the door turns away', () => {
  test.each<SpoilKind>([
    'wrong_signature',
    'tampered_body',
    'other_webhook',
    'weak_algorithm',
    'missing_header',
    'wrong_cert_host',
    'expired_certificate',
    'untrusted_certificate',
    'other_name_certificate',
    'stale',
    'not_json',
  ])('%s with 400, and nothing of it is kept', async (spoil) => {
    const before = await countEvents()
    const { status, body } = await send({ spoil, eventType: 'PAYMENT.CAPTURE.COMPLETED' })
    expect({ status, body }).toEqual({ status: 400, body: '{"kind":"refused"}' })
    expect(await countEvents()).toBe(before)
  })

  test('what is too large with 413, whatever its length claims to be', async () => {
    const before = await countEvents()
    expect(await send({ spoil: 'oversized' })).toMatchObject({ status: 413 })
    expect(await postWithoutLength(shop.doorUrl, 300 * 1024)).toBe(413)
    expect(await countEvents()).toBe(before)
  })

  test.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['no object', '[1]'],
    ['a text that would end the document it is put into', '{},"webhook_id":"ANOTHER"'],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
  ])('%s without asking anybody', async (_name, body) => {
    await shop.paypal.forgetRequests()
    const response = await fetch(shop.doorUrl, { method: 'POST', body, headers: forgedHeaders(shop.paypal.url) })
    expect(response.status).toBe(400)
    expect(await shop.paypal.requests()).toEqual([])
  })

  test('a forger who asks for a certificate elsewhere, and asks nowhere', async () => {
    let asked = 0
    const body = '{"id":"WH-forged","event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{}}'
    const trap = await listenFor(() => (asked += 1))
    for (const certUrl of [
      `${trap.url}/v1/notifications/certs/CERT-1`,
      `${shop.paypal.url.replace('http://', `http://x@${new URL(trap.url).host}#@`)}/v1/notifications/certs/CERT-1`,
      `${shop.paypal.url}/v1/notifications/certs/../../_simulator/ledger`,
      `${shop.paypal.url}/_simulator/ledger`,
    ]) {
      const headers = { ...forgedHeaders(shop.paypal.url), 'paypal-cert-url': certUrl }
      expect((await fetch(shop.doorUrl, { method: 'POST', body, headers })).status).toBe(400)
    }
    trap.close()
    expect(asked).toBe(0)
  })

  test('an event that is no event although PayPal signed it', async () => {
    expect(await shop.paypal.sendWebhook({ text: '{"hello":"world"}' })).toMatchObject([{ status: 400 }])
  })
})

describe('the door has PayPal send again', () => {
  test('when the database is away, and the next delivery is kept', async () => {
    shop.behindDoor({ db: linked, webhooks: shop.services.webhooks })
    const paypalOrderId = await beginPaying(shop, await newBuyer(shop.db))
    link.cut()
    await shop.paypal.approve(paypalOrderId)
    expect(await shop.paypal.drainWebhooks()).toMatchObject([{ status: 503, body: '{"kind":"unavailable"}' }])
    link.mend()
    await shop.paypal.advance(60)
    expect(await shop.paypal.drainWebhooks()).toMatchObject([{ status: 200, body: '{"kind":"stored"}' }])
    expect(await readInbox(shop.db, paypalOrderId)).toHaveLength(1)
  })

  test('when neither the certificate nor PayPal’s own word can be had', async () => {
    shop.behindDoor({ db: shop.db, webhooks: shop.webhooksWith({}) })
    const before = await countEvents()
    await shop.paypal.fault('get_certificate', 'error_before')
    await shop.paypal.fault('verify_signature', 'error_before')
    expect(await send({})).toMatchObject({ status: 503 })
    expect(await countEvents()).toBe(before)
    expect(await send({})).toMatchObject({ status: 200 })
  })

  test('when PayPal’s certificate cannot be had, unless PayPal says that the event is its own', async () => {
    shop.behindDoor({ db: shop.db, webhooks: shop.webhooksWith({}) })
    await shop.paypal.fault('get_certificate', 'drop_before')
    expect(await send({ resource: { id: 'POSTBACK1' } })).toMatchObject({ status: 200 })
    await shop.paypal.fault('get_certificate', 'drop_before')
    expect(await send({ spoil: 'tampered_body' })).toMatchObject({ status: 400 })
  })

  test('when no webhook is registered', async () => {
    shop.behindDoor({ db: shop.db, webhooks: shop.webhooksWith({ webhookId: null }) })
    expect(await send({})).toMatchObject({ status: 503 })
  })
})

const RECORDED = [
  'paypal-transmission-id',
  'paypal-transmission-time',
  'paypal-transmission-sig',
  'paypal-cert-url',
  'paypal-auth-algo',
  'paypal-auth-version',
]

function forgedHeaders(paypalUrl: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'paypal-transmission-id': createHash('md5').update('x').digest('hex'),
    'paypal-transmission-time': new Date().toISOString(),
    'paypal-transmission-sig': randomBytes(256).toString('base64'),
    'paypal-cert-url': `${paypalUrl}/v1/notifications/certs/CERT-1`,
    'paypal-auth-algo': 'SHA256withRSA',
    'paypal-auth-version': 'v2',
  }
}

/** A body in pieces, with no length told before. @returns the status. */
function postWithoutLength(url: string, bytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    // A connection of its own: the door closes one on which more is coming than it will read.
    const sending = request(url, { method: 'POST', agent: false }, (answer) => {
      resolve(answer.statusCode)
      answer.resume()
      sending.destroy()
    })
    sending.on('error', reject)
    for (let sent = 0; sent < bytes; sent += 8192) sending.write(Buffer.alloc(8192, ' '))
    sending.end()
  })
}

async function listenFor(onConnection: () => void) {
  const server = createServer((_request, response) => {
    onConnection()
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `http://localhost:${address.port}`, close: () => server.close() }
}
