import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { listAudit } from '@/db/queries/audit-log'
import type { Admin } from '@/lib/admin/admin'
import { newAdmin } from '@/testing/test-admin'
import { buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'

import { issuePapers } from './issue-papers'
import { printManyPapers } from './print-many-papers'

let shop: TestShop
let taker: Admin<'orders.export'>
let packer: Admin<'orders.fulfil'>

beforeAll(async () => {
  shop = await openTestShop()
  taker = await newAdmin(shop.db, 'manager', 'orders.export')
  packer = await newAdmin(shop.db, 'fulfilment', 'orders.fulfil')
})
afterAll(() => shop.close())

const bought = async () => (await buy(shop, await newBuyer(shop.db, { quantity: 2 }))).orderNumber

const all = (...asked: readonly string[]) => ({ asked, inFile: asked })

/** The text of each sheet. */
async function read(bytes: Buffer): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)))
  return text.map((sheet) => sheet.replaceAll(/\s+/g, ' '))
}

async function printed(outcome: Awaited<ReturnType<typeof printManyPapers>>) {
  if (outcome.kind !== 'printed') throw new Error(outcome.kind)
  return { name: outcome.name, sheets: await read(outcome.bytes) }
}

const lastEntry = async () => (await listAudit(shop.db, { subject: 'orders' }, 1))[0]

test('invoices of which some are not given yet begin with a sheet that says how many and which are left out', async () => {
  const with1 = await bought()
  await issuePapers(shop.db)
  const [without, also] = [await bought(), await bought()]
  const { name, sheets } = await printed(await printManyPapers(shop.db, taker, 'invoices', all(without, with1, also)))
  expect(name).toMatch(/^INV-\d{6}-of-3$/)
  expect(sheets).toHaveLength(2)
  expect(sheets[0]).toContain('Invoices of 1 of 3 orders')
  expect(sheets[0]).toContain('These 2 orders have none yet and are not in this file.')
  for (const orderNumber of [without, also]) expect(sheets[0]).toContain(orderNumber)
  expect(sheets[0]).not.toContain(with1)
  expect(sheets[1]).toContain(with1)
  await issuePapers(shop.db)
  const whole = await printed(await printManyPapers(shop.db, taker, 'invoices', all(without, with1, also)))
  expect(whole.name).toBe('invoices-3')
  expect(whole.sheets).toHaveLength(3)
})

test('of orders that have no invoice at all nothing is made, and nothing is written down', async () => {
  const before = await lastEntry()
  expect(await printManyPapers(shop.db, taker, 'invoices', all(await bought()))).toEqual({ kind: 'none' })
  expect(await lastEntry()).toEqual(before)
})

test('who has printed the papers of which orders is in the audit log', async () => {
  const orders = [await bought(), await bought()]
  const { name, sheets } = await printed(await printManyPapers(shop.db, packer, 'packing-slips', all(...orders)))
  expect(name).toBe('packing-slips-2')
  expect(sheets).toHaveLength(2)
  expect(await lastEntry()).toMatchObject({
    action: 'papers.printed',
    actorEmail: packer.email,
    after: { kind: 'packing-slips', orders },
  })
})

test('an order that is not there is told of too', async () => {
  const { sheets } = await printed(
    await printManyPapers(shop.db, packer, 'packing-slips', all(await bought(), '00000-00000')),
  )
  expect(sheets[0]).toContain('This order has none yet and is not in this file.')
  expect(sheets[0]).toContain('00000-00000')
})
