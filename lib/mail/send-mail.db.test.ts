import { asc, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { inTransaction } from '@/db/client'
import { claimDueMail } from '@/db/queries/mail-outbox'
import { mailOutbox } from '@/db/schema/mail'
import { orders } from '@/db/schema/orders'
import { shopSettings } from '@/db/schema/shop'
import type { Mail } from '@/lib/domain/mail'
import { openReceiptLink } from '@/lib/orders/receipt-link'
import { SAMPLE_MAILS } from '@/testing/sample-mail'
import { buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'
import { startTestMailbox, type TestMailbox } from '@/testing/test-mailbox'
import { setTestEnvironment } from '@/testing/test-members'

import { createMailServer } from './mail-server'
import { queueMail } from './queue-mail'
import { sweepMail, type MailServices } from './send-mail'

let shop: TestShop
let mailbox: TestMailbox
let services: MailServices

const APP_URL = 'https://shop.example'
const FROM = { name: 'Test shop', address: 'orders@shop.example' }

beforeAll(async () => {
  // The receipt's link is signed with the shop's secret.
  setTestEnvironment()
  shop = await openTestShop()
  mailbox = await startTestMailbox()
  services = { db: shop.db, server: createMailServer(mailbox.smtpUrl, FROM), appUrl: APP_URL }
})
afterAll(async () => {
  await mailbox.close()
  await shop.close()
})
beforeEach(async () => {
  await mailbox.clear()
  await shop.db.delete(mailOutbox)
})

const rows = () => shop.db.select().from(mailOutbox).orderBy(asc(mailOutbox.id))

async function queue(mail: Mail = { kind: 'password_changed' }, to = 'reader@example.com', about = '1') {
  await inTransaction(shop.db, (tx) => queueMail(tx, mail, { to, about }))
}

/** The database's clock passes until whatever waits is due. */
async function makeDue() {
  await shop.db.update(mailOutbox).set({ availableAt: sql`now()`, leaseUntil: null })
}

describe('an order', () => {
  test('is confirmed by a mail with its number, its total and a link that opens the receipt', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    expect(await sweepMail(services)).toBe('done')
    const [message, ...others] = await mailbox.messages('buyer@example.com')
    expect(others).toEqual([])
    expect(message?.subject).toBe(`Order ${order.orderNumber} at Test shop`)
    for (const version of [message?.text, message?.html]) {
      expect(version).toContain(`$${(order.totalMinor / 100).toFixed(2)}`)
      expect(version).toContain('San Francisco')
    }
    const key = /\?key=([\w.-]+)/.exec(message?.text ?? '')?.[1] ?? ''
    expect(message?.text).toContain(`${APP_URL}/orders/${order.orderNumber}?key=`)
    expect(openReceiptLink(order.orderNumber, key)?.expiresAt.getTime()).toBeGreaterThan(Date.now())
    expect(await rows()).toMatchObject([{ payload: null, tries: 1, lastError: null }])
  })

  test('is placed while no mail server is there, and the mail comes once when it is back', async () => {
    await mailbox.fault('down', { times: 1_000 })
    const order = await buy(shop, await newBuyer(shop.db))
    expect(await sweepMail(services)).toBe('away')
    expect(
      await shop.db
        .select()
        .from(orders)
        .where(sql`id = ${order.id}`),
    ).toHaveLength(1)
    expect(await mailbox.messages()).toEqual([])
    await mailbox.clear()
    await makeDue()
    await sweepMail(services)
    await makeDue()
    await sweepMail(services)
    expect(await mailbox.messages()).toHaveLength(1)
  })
})

describe('a message', () => {
  test('has both versions, its sender, and a mark that nobody wrote it by hand', async () => {
    await queue()
    await sweepMail(services)
    const [message] = await mailbox.messages('reader@example.com')
    const header = (name: string) => message?.headers.find((each) => each.name.toLowerCase() === name)?.value
    expect(header('content-type')).toMatch(/^multipart\/alternative/)
    expect(header('from')).toBe('Test shop <orders@shop.example>')
    expect(header('to')).toBe('reader@example.com')
    expect(header('auto-submitted')).toBe('auto-generated')
    expect(message?.from).toBe('orders@shop.example')
    expect(message?.messageId).toMatch(/^[0-9a-f]{32}@shop\.example$/)
    expect(message?.html).toContain('Your password was changed')
    expect(message?.text).toContain('Your password was changed')
  })

  test('of every kind arrives whole', async () => {
    const order = await buy(shop, await newBuyer(shop.db))
    await shop.db.delete(mailOutbox)
    for (const [kind, mail] of Object.entries(SAMPLE_MAILS)) {
      const about = {
        ...('orderId' in mail ? { orderId: order.id } : {}),
        ...('attemptId' in mail ? { attemptId: order.attemptId } : {}),
      }
      await queue({ ...mail, ...about }, 'reader@example.com', kind)
    }
    while ((await sweepMail(services)) === 'more');
    const messages = await mailbox.messages('reader@example.com')
    expect(messages).toHaveLength(Object.keys(SAMPLE_MAILS).length)
    for (const { subject, text, html } of messages) {
      expect(subject).not.toBe('')
      expect(text.length).toBeGreaterThan(100)
      expect(html).toContain('</html>')
    }
  })

  test('comes from whom the settings name, and is answered where they say', async () => {
    await shop.db.update(shopSettings).set({ mailSenderName: 'The desk', mailReplyTo: 'desk@shop.example' })
    await queue({ kind: 'password_changed' })
    await sweepMail(services)
    await shop.db.update(shopSettings).set({ mailSenderName: '', mailReplyTo: '' })
    const [message] = await mailbox.messages('reader@example.com')
    const header = (name: string) => message?.headers.find((each) => each.name.toLowerCase() === name)?.value
    expect(header('from')).toBe('The desk <orders@shop.example>')
    expect(header('reply-to')).toBe('desk@shop.example')
    expect(message?.from).toBe('orders@shop.example')
  })

  test('cannot be given another header by the name of the shop or of a person', async () => {
    const evil = 'Evil\r\nBcc: victim@example.com\r\n\r\nBody'
    await shop.db.update(shopSettings).set({ name: evil })
    await queue({ kind: 'staff_invite', path: '/admin/join', minutes: 60, invitedBy: evil })
    await sweepMail({ ...services, server: createMailServer(mailbox.smtpUrl, { ...FROM, name: evil }) })
    await shop.db.update(shopSettings).set({ name: 'Test shop' })
    const [message, ...others] = await mailbox.messages()
    expect(others).toEqual([])
    expect(message?.to).toEqual(['reader@example.com'])
    const names = message?.headers.map(({ name }) => name.toLowerCase()) ?? []
    expect(names).not.toContain('bcc')
    expect(names.filter((name) => name === 'subject')).toHaveLength(1)
    expect(message?.subject).toContain('Evil Bcc: victim@example.com')
  })
})

describe('a mail server that misbehaves', () => {
  test.each(['down', 'refuse', 'try_later', 'drop_before'] as const)(
    'costs a try when it answers %s, and the mail comes later',
    async (fault) => {
      await queue()
      await mailbox.fault(fault)
      await sweepMail(services)
      const [row] = await rows()
      expect(row).toMatchObject({ doneAt: null, deadAt: null, tries: 1, leaseUntil: null })
      expect(row?.lastError).not.toBeNull()
      expect(row!.availableAt.getTime()).toBeGreaterThan(row!.createdAt.getTime())
      await makeDue()
      await sweepMail(services)
      expect(await mailbox.messages()).toHaveLength(1)
    },
  )

  test.each(['drop_after', 'error_after', 'slow'] as const)(
    'is asked again when it took the mail but %s hid that, under the same Message-ID',
    async (fault) => {
      await queue()
      await mailbox.fault(fault, { delayMs: 10_000 })
      const impatient = createMailServer(mailbox.smtpUrl, FROM, { socketTimeout: 2_000 })
      await sweepMail({ ...services, server: impatient })
      expect(await rows()).toMatchObject([{ doneAt: null, tries: 1 }])
      await makeDue()
      await sweepMail(services)
      const ids = (await mailbox.messages()).map(({ messageId }) => messageId)
      expect(ids).toHaveLength(2)
      expect(new Set(ids).size).toBe(1)
      expect(await rows()).toMatchObject([{ doneAt: expect.any(Date), payload: null }])
    },
  )

  test('is given up after twelve tries', async () => {
    await queue()
    await mailbox.fault('refuse', { times: 100 })
    for (let tries = 0; tries < 13; tries++) {
      await sweepMail(services)
      await makeDue()
    }
    expect(await rows()).toMatchObject([{ tries: 12, deadAt: expect.any(Date), doneAt: null }])
  })

  test('that refuses one address delays nobody else', async () => {
    await mailbox.fault('refuse', { to: 'gone@example.com', times: 100 })
    for (let index = 0; index < 12; index++) {
      await queue(undefined, index % 2 === 0 ? 'gone@example.com' : 'reader@example.com', String(index))
    }
    while ((await sweepMail(services)) === 'more');
    expect(await mailbox.messages()).toHaveLength(6)
  })
})

test('a link that died before it could be sent is not sent', async () => {
  await queue(SAMPLE_MAILS.sign_in_link)
  await shop.db.update(mailOutbox).set({ expiresAt: sql`now()` })
  await sweepMail(services)
  expect(await mailbox.messages()).toEqual([])
  expect(await rows()).toMatchObject([{ deadAt: expect.any(Date), payload: null }])
})

test('a mail that cannot be written is tried again like one that cannot be sent', async () => {
  await queue(SAMPLE_MAILS.order_placed)
  await sweepMail(services)
  expect(await rows()).toMatchObject([{ tries: 1, doneAt: null, lastError: expect.stringContaining('is not there') }])
})

test('a sender that died in the middle is replaced when its lease is over', async () => {
  await queue()
  await claimDueMail(shop.db, 5, 'shop.example')
  await sweepMail(services)
  expect(await mailbox.messages()).toEqual([])
  await makeDue()
  await sweepMail(services)
  expect(await mailbox.messages()).toHaveLength(1)
})

test('two senders at once send each mail once', async () => {
  for (let index = 0; index < 10; index++) await queue(undefined, 'reader@example.com', String(index))
  await Promise.all([sweepMail(services), sweepMail(services), sweepMail(services)])
  while ((await sweepMail(services)) === 'more');
  const ids = (await mailbox.messages()).map(({ messageId }) => messageId)
  expect(ids).toHaveLength(10)
  expect(new Set(ids).size).toBe(10)
})

test('no mail is sent from inside a transaction', async () => {
  await queue()
  await inTransaction(shop.db, () => sweepMail(services))
  expect(await mailbox.messages()).toEqual([])
})

test('the error of a mail that could not be queued does not tell its link', async () => {
  const failing = inTransaction(shop.db, async (tx) => {
    await tx.execute(sql`select 1 / 0`).catch(() => undefined)
    await queueMail(tx, SAMPLE_MAILS.sign_in_link, { to: 'reader@example.com', about: '1' })
  })
  const error: unknown = await failing.catch((reason: unknown) => reason)
  const told = [error, (error as Error).cause].map((each) => `${String(each)} ${JSON.stringify(each)}`).join(' ')
  expect(told).toContain('mail could not be queued')
  expect(told).not.toContain('n0tAr3alS3cret')
})
