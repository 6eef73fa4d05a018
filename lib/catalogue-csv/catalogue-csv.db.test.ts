import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createDatabase, type Database } from '@/db/client'
import { verifyAuditChain } from '@/db/queries/audit-log'
import { checkInvariants } from '@/db/queries/invariant-checks'
import { createTestDatabase, type TestDatabase } from '@/db/testing/database'
import type { Admin } from '@/lib/admin/admin'
import { CSV_COLUMNS, toCells, writeLine, type CatalogueRow } from '@/lib/domain/catalogue-csv'
import { IMPORT_TRIES_MAX } from '@/lib/domain/catalogue-import'
import { adjustStock } from '@/lib/stock/adjust-stock'
import { tamper } from '@/testing/tamper'
import { newAdmin } from '@/testing/test-admin'
import { setUpShop } from '@/testing/test-shop'

import { applyNextImport } from './apply-import'
import { checkNextRows } from './check-import'
import { exportCatalogue } from './export-catalogue'
import { decideImport, getImportDesk } from './import-desk'
import { stageImport } from './stage-import'

let database: TestDatabase
let db: Database
let editor: Admin<'catalogue.edit'>
let taker: Admin<'catalogue.export'>

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await setUpShop(db)
  editor = await newAdmin(db, 'manager', 'catalogue.edit')
  taker = await newAdmin(db, 'manager', 'catalogue.export')
  await db.execute(sql`insert into categories (slug, name) values ('prints', 'Prints'), ('cards', 'Cards')`)
})
afterAll(() => database.drop())

async function exported(from: Database = db): Promise<string> {
  let file = ''
  for await (const piece of exportCatalogue(from, taker)) file += piece
  return file
}

async function stage(file: string, to: Database = db): Promise<string> {
  const outcome = await stageImport(to, editor, { fileName: 'goods.csv', bytes: Buffer.from(file) })
  if (outcome.kind !== 'staged') throw new Error(outcome.problem)
  return outcome.importId
}

async function check(to: Database = db): Promise<void> {
  while (await checkNextRows(to));
}

async function desk(importId: string, of: Database = db) {
  const found = await getImportDesk(of, editor, importId)
  if (!found) throw new Error('no import')
  return found
}

async function bring(file: string, to: Database = db): Promise<string> {
  const importId = await stage(file, to)
  await check(to)
  const by = to === db ? editor : await newAdmin(to, 'manager', 'catalogue.edit')
  expect(await decideImport(to, by, { importId, decision: 'apply' })).toEqual({ kind: 'done' })
  while (await applyNextImport(to));
  return importId
}

let used = 0
function row(more: Partial<CatalogueRow> = {}): CatalogueRow {
  const n = ++used
  return {
    product: `work-${n}`,
    name: `Work ${n}`,
    subtitle: '',
    description: 'A text',
    details: [],
    state: 'active',
    categories: ['prints'],
    options: [],
    sku: `WORK-${n}`,
    priceMinor: 2_800,
    weightGrams: 200,
    active: true,
    onHand: 10,
    lowStockAt: null,
    ...more,
  }
}
const fileOf = (rows: readonly CatalogueRow[]) =>
  writeLine(CSV_COLUMNS) +
  rows.map((each) => writeLine(CSV_COLUMNS.map((column) => toCells(each, 'USD')[column]))).join('')

async function problemsOf(...rows: CatalogueRow[]): Promise<Record<number, readonly string[]>> {
  const importId = await stage(fileOf(rows))
  await check()
  const { wrong } = await desk(importId)
  expect(await decideImport(db, editor, { importId, decision: 'apply' })).toEqual({ kind: 'wrong_rows' })
  expect(await decideImport(db, editor, { importId, decision: 'discard' })).toEqual({ kind: 'done' })
  return Object.fromEntries(wrong.map(({ line, problems }) => [line, problems ?? []]))
}

async function expectSound(of: Database = db): Promise<void> {
  const findings = (await checkInvariants(of)).filter(({ id }) => id !== 'I9').flatMap((result) => result.findings)
  expect(findings).toEqual([])
  expect((await verifyAuditChain(of)).problem).toBeNull()
}

describe('a file', () => {
  test('makes products, options and variants, puts pieces on their shelves by the ledger, and is in the audit log', async () => {
    const size = (value: string) => [
      { name: 'Size', value },
      { name: 'Edge', value: 'a=b; c' },
    ]
    const a4 = row({ options: size('A4'), name: '=Rings', details: [{ label: 'Paper', value: 'thick' }] })
    const a3 = { ...a4, sku: `${a4.sku}-A3`, options: size('A3'), onHand: 0, lowStockAt: 3, active: false }
    const importId = await stage(fileOf([a4, a3]).replaceAll('=Rings', "'=Rings"))
    await check()
    expect((await desk(importId)).counts).toMatchObject({ wrong: 0, newProducts: 1, newVariants: 2, changed: 0 })
    const before = await exported()
    expect(before).not.toContain(a4.sku)
    await decideImport(db, editor, { importId, decision: 'apply' })
    expect(await applyNextImport(db)).toBe(true)
    expect(await applyNextImport(db)).toBe(false)
    const { found } = await desk(importId)
    expect(found).toMatchObject({ state: 'applied', rows: 2, applied: 2 })
    const file = await exported()
    for (const each of [a4, a3]) {
      expect(file).toContain(writeLine(CSV_COLUMNS.map((column) => toCells(each, 'USD')[column].replace(/^=/, "'="))))
    }
    const { rows } = await db.execute(sql`
      select m.quantity, m.reason, m.ref, m.actor_email as who from stock_movements m
      join variants v on v.id = m.variant_id where v.sku = ${a4.sku}`)
    expect(rows).toEqual([{ quantity: 10, reason: 'import', ref: importId, who: editor.email }])
    await expectSound()
  })

  test('that was exported brings no change, and an export of what it brought is the same', async () => {
    const file = await exported()
    const importId = await stage(file)
    await check()
    const { counts } = await desk(importId)
    expect(counts).toMatchObject({ wrong: 0, newVariants: 0, changed: 0 })
    expect(await decideImport(db, editor, { importId, decision: 'apply' })).toEqual({ kind: 'nothing_to_do' })
    const other = await createTestDatabase()
    await setUpShop(other.db)
    await other.db.execute(sql`insert into categories (slug, name) values ('prints', 'Prints'), ('cards', 'Cards')`)
    await bring(file, other.db)
    expect(await exported(other.db)).toBe(file)
    await expectSound(other.db)
    await other.drop()
  })

  test('changes what differs and nothing else; what was sold meanwhile is not put back by it', async () => {
    const [one, two] = [row(), row()]
    await bring(fileOf([one, two]))
    const next = { ...one, name: 'Renamed', priceMinor: 3_100, onHand: 14, categories: ['cards'] }
    const importId = await stage(fileOf([next, two]))
    await check()
    const { changing, counts } = await desk(importId)
    expect(counts).toMatchObject({ changed: 1, same: 1, prices: 1, stock: 1 })
    expect(changing[0]?.change?.columns).toEqual({
      name: [one.name, 'Renamed'],
      price: ['28.00', '31.00'],
      on_hand: ['10', '14'],
      categories: ['prints', 'cards'],
    })
    const { rows: ids } = await db.execute<{ id: number }>(sql`select id from variants where sku = ${one.sku}`)
    const variantId = ids[0]?.id ?? 0
    const packer = await newAdmin(db, 'fulfilment', 'stock.adjust')
    const adjustment = { kind: 'damaged', pieces: 3 } as const
    await adjustStock(db, packer, { variantId, formId: importId, adjustment, note: '' })
    await decideImport(db, editor, { importId, decision: 'apply' })
    await applyNextImport(db)
    expect(await exported()).toContain(`,${one.sku},31.00,200,yes,11,`)
    await expectSound()
  })
})

describe('rows that are wrong', () => {
  test('are told with row and reason, and as long as there are any nothing is written', async () => {
    const [known, beside] = [row(), row()]
    await bring(fileOf([known, beside]))
    const twice = row()
    const ofTwo = row({ options: [{ name: 'Size', value: 'A4' }] })
    const found = await problemsOf(
      twice,
      { ...row(), sku: twice.sku },
      { ...row(), sku: known.sku },
      row({ categories: ['nowhere'] }),
      ofTwo,
      { ...ofTwo, sku: `${ofTwo.sku}-B`, name: 'Another name', options: [{ name: 'Size', value: 'A3' }] },
      { ...ofTwo, sku: `${ofTwo.sku}-C` },
      { ...ofTwo, sku: `${ofTwo.sku}-D`, options: [{ name: 'Colour', value: 'Red' }] },
      { ...beside, sku: `${beside.sku}-B` },
    )
    expect(found).toEqual({
      3: [`sku: ${twice.sku} is on row 2 already.`],
      4: [`sku: ${known.sku} belongs to ${known.product}.`],
      5: ['categories: There is no category nowhere.'],
      7: [`name: Row 6 says something else of ${ofTwo.product}.`],
      8: [`options: Row 6 is the same variant of ${ofTwo.product}.`],
      9: [`options: Row 6 has other options for ${ofTwo.product}.`],
      10: [`options: ${beside.sku} is this variant of ${beside.product} already.`],
    })
    expect(await exported()).not.toContain(twice.sku)
  })

  test('are the same variant however its options are spelled', async () => {
    const options = [
      { name: 'Size', value: 'A3' },
      { name: 'Frame', value: 'Oak' },
    ]
    const one = row({ options })
    const two = { ...one, sku: `${one.sku}-B` }
    const file = fileOf([two, one]).replace('Size=A3; Frame=Oak', ' Size=\\A3;Frame=Oak ')
    expect(file).toContain('Size=\\A3;Frame=Oak')
    const importId = await stage(file)
    await check()
    const { wrong } = await desk(importId)
    expect(wrong).toMatchObject([{ line: 3, problems: [`options: Row 2 is the same variant of ${one.product}.`] }])
    expect(await decideImport(db, editor, { importId, decision: 'discard' })).toEqual({ kind: 'done' })
  })

  test('are not written when two variants of a product would be the same, whatever was found before', async () => {
    const one = row({ options: [{ name: 'Size', value: 'A3' }] })
    const two = { ...one, sku: `${one.sku}-B`, options: [{ name: 'Size', value: 'A4' }] }
    const importId = await stage(fileOf([one, two]))
    await check()
    expect(await decideImport(db, editor, { importId, decision: 'apply' })).toEqual({ kind: 'done' })
    await tamper(
      db,
      sql`update catalogue_import_rows set cells = replace(cells::text, 'A4', 'A3')::jsonb where import_id = ${importId}`,
    )
    while (await applyNextImport(db));
    expect((await desk(importId)).found).toMatchObject({ again: expect.stringContaining('the same variant') })
    expect(await exported()).not.toContain(one.sku)
    await check()
    expect(await decideImport(db, editor, { importId, decision: 'discard' })).toEqual({ kind: 'done' })
  })

  test('hold formulas, absurd numbers, or more than fits', async () => {
    const lines = [
      ...fileOf([row(), row(), row()]).split('\r\n').slice(0, 4),
      writeLine(CSV_COLUMNS.map((column) => toCells(row({ product: 'many' }), 'USD')[column])).trim(),
    ]
    lines[1] = (lines[1] ?? '').replace(/Work \d+/, '=cmd|calc')
    lines[2] = (lines[2] ?? '').replace('28.00', '99999999.00')
    lines[3] = (lines[3] ?? '').replace(',10,', ',-10,')
    const importId = await stage(lines.join('\r\n'))
    await check()
    const { wrong } = await desk(importId)
    expect(wrong.map(({ line, problems }) => [line, problems?.[0]])).toEqual([
      [2, "name: This would be run as a formula. Put a quote (') before it."],
      [3, 'price: No more than 9999999.99.'],
      [4, "on_hand: This would be run as a formula. Put a quote (') before it."],
    ])
    await decideImport(db, editor, { importId, decision: 'discard' })
    const one = row()
    const many = Array.from({ length: 101 }, (_, n) => ({
      ...one,
      sku: `${one.sku}-${n}`,
      options: [{ name: 'N', value: String(n) }],
    }))
    expect(Object.values(await problemsOf(...many))[0]).toEqual(['product: A product has at most 100 variants.'])
  })

  test('a file that cannot be read is kept nowhere', async () => {
    const count = () => db.execute(sql`select count(*) from catalogue_imports`).then(({ rows }) => rows[0])
    const before = await count()
    const outcome = await stageImport(db, editor, { fileName: 'a.csv', bytes: Buffer.from('a;b\n1;2') })
    expect(outcome).toMatchObject({ kind: 'refused', problem: /^Row 1/ })
    expect(await count()).toEqual(before)
  })
})

describe('what happens meanwhile', () => {
  test('somebody changes a product of the file: it is looked at again, and somebody decides again', async () => {
    const one = row()
    await bring(fileOf([one]))
    const importId = await stage(fileOf([{ ...one, priceMinor: 5_000 }]))
    await check()
    await db.execute(sql`update products set name = 'By hand', version = version + 1 where slug = ${one.product}`)
    await decideImport(db, editor, { importId, decision: 'apply' })
    await applyNextImport(db)
    expect((await desk(importId)).found).toMatchObject({ state: 'checking', again: /^Meanwhile somebody changed/ })
    expect(await exported()).toContain('By hand')
    await check()
    expect((await desk(importId)).changing[0]?.change?.columns).toMatchObject({ name: ['By hand', one.name] })
    await decideImport(db, editor, { importId, decision: 'apply' })
    await applyNextImport(db)
    expect(await exported()).toContain(`,${one.sku},50.00,`)
  })

  test('buyers hold what would be taken away: nothing is written', async () => {
    const [one, two] = [row(), row()]
    await bring(fileOf([one, two]))
    const importId = await stage(
      fileOf([
        { ...one, priceMinor: 1 },
        { ...two, onHand: 0 },
      ]),
    )
    await check()
    await decideImport(db, editor, { importId, decision: 'apply' })
    await db.execute(sql`update stock set held = 1 from variants v where v.id = variant_id and v.sku = ${two.sku}`)
    await applyNextImport(db)
    expect((await desk(importId)).found).toMatchObject({ state: 'checking', again: /hold more pieces/ })
    expect(await exported()).toContain(`,${one.sku},28.00,`)
    await check()
    expect((await desk(importId)).wrong).toMatchObject([
      { line: 3, problems: ['on_hand: Buyers who are paying hold 1.'] },
    ])
    await decideImport(db, editor, { importId, decision: 'discard' })
    await db.execute(sql`update stock set held = 0 from variants v where v.id = variant_id and v.sku = ${two.sku}`)
  })

  test('a worker dies in the middle: nothing is half done, and the next one finishes it', async () => {
    const rows = Array.from({ length: 1_500 }, () => row({ state: 'draft' }))
    const importId = await stage(fileOf(rows))
    expect(await checkNextRows(db)).toBe(true)
    expect((await desk(importId)).found).toMatchObject({ state: 'checking', checked: 1_000 })
    await check()
    expect((await desk(importId)).found).toMatchObject({ state: 'checked', checked: 1_500 })
    await decideImport(db, editor, { importId, decision: 'apply' })
    const last = rows.at(-1)?.sku ?? ''
    await db.execute(
      sql.raw(`create function die() returns trigger language plpgsql as
      $$ begin if new.sku = '${last}' then perform pg_sleep(60); end if; return new; end $$`),
    )
    await db.execute(sql`create trigger die before insert on variants for each row execute function die()`)
    const dying = createDatabase(database.url)
    const dies = expect(applyNextImport(dying)).rejects.toThrow()
    const asleep = sql`datname = current_database() and wait_event = 'PgSleep'`
    await expect
      .poll(async () => (await db.execute(sql`select 1 from pg_stat_activity where ${asleep}`)).rows.length, {
        timeout: 60_000,
      })
      .toBe(1)
    // With its connections the process is gone, and what it would have said of it.
    const gone = dying.$client.end()
    await db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity where ${asleep}`)
    await dies
    await gone
    expect(await exported()).not.toContain(rows[0]?.sku)
    expect((await desk(importId)).found).toMatchObject({ state: 'applying', applied: 1_000 })
    await db.execute(sql`drop trigger die on variants`)
    const both = await Promise.all([applyNextImport(db), applyNextImport(db)])
    expect(both.filter(Boolean)).toHaveLength(1)
    expect((await desk(importId)).found).toMatchObject({ state: 'applied', applied: 1_500 })
    expect(await exported()).toContain(last)
    await expectSound()
  })

  test('whoever decided is shut out: nothing is written, and somebody else decides', async () => {
    const leaver = await newAdmin(db, 'manager', 'catalogue.edit')
    const one = row()
    const importId = await stage(fileOf([one]))
    await check()
    await decideImport(db, leaver, { importId, decision: 'apply' })
    await db.execute(sql`update staff set disabled_at = now() where member_id = ${leaver.memberId}`)
    expect(await applyNextImport(db)).toBe(true)
    expect((await desk(importId)).found).toMatchObject({
      state: 'checking',
      again: `${leaver.email}, who decided that it is written, may not do that any more.`,
    })
    expect(await exported()).not.toContain(one.sku)
    await check()
    await decideImport(db, editor, { importId, decision: 'apply' })
    expect(await applyNextImport(db)).toBe(true)
    expect((await desk(importId)).found).toMatchObject({ state: 'applied', actorEmail: editor.email })
    expect(await exported()).toContain(one.sku)
  })

  test.each(['40P01', '57014', '08006', '55P03'])(
    'a fault of the moment (%s): what was decided is written the next time',
    async (code) => {
      const one = row()
      const importId = await stage(fileOf([one]))
      await check()
      await decideImport(db, editor, { importId, decision: 'apply' })
      await db.execute(
        sql.raw(`create function pass_by() returns trigger language plpgsql as
      $$ begin raise exception 'a moment' using errcode = '${code}'; end $$`),
      )
      await db.execute(sql`create trigger pass_by before insert on variants for each row execute function pass_by()`)
      await expect(applyNextImport(db)).rejects.toThrow()
      expect((await desk(importId)).found).toMatchObject({ state: 'applying', again: null })
      await db.execute(sql`drop function pass_by cascade`)
      expect(await applyNextImport(db)).toBe(true)
      expect((await desk(importId)).found).toMatchObject({ state: 'applied' })
    },
  )

  test('each try takes the database too long: it ends with nothing written, and no other import waits for it', async () => {
    const [bad, good] = [row(), row()]
    const importId = await stage(fileOf([row(), bad]))
    const next = await stage(fileOf([good]))
    await check()
    await decideImport(db, editor, { importId, decision: 'apply' })
    await decideImport(db, editor, { importId: next, decision: 'apply' })
    await db.execute(
      sql.raw(`create function drag() returns trigger language plpgsql as
      $$ begin if new.sku = '${bad.sku}' then raise exception 'too long' using errcode = '57014'; end if; return new; end $$`),
    )
    await db.execute(sql`create trigger drag before insert on variants for each row execute function drag()`)
    for (let tries = 1; tries < IMPORT_TRIES_MAX; tries++) {
      await expect(applyNextImport(db)).rejects.toThrow()
      expect((await desk(importId)).found).toMatchObject({ state: 'applying', tries })
    }
    expect(await applyNextImport(db)).toBe(true)
    expect((await desk(importId)).found).toMatchObject({
      state: 'failed',
      applied: 0,
      again: expect.stringContaining('Divide the file') as string,
      finishedAt: expect.any(Date) as Date,
    })
    expect(await exported()).not.toContain(bad.product)
    expect(await applyNextImport(db)).toBe(true)
    expect((await desk(next)).found.state).toBe('applied')
    expect(await decideImport(db, editor, { importId, decision: 'apply' })).toEqual({
      kind: 'not_now',
      state: 'failed',
    })
    await db.execute(sql`drop function drag cascade`)
    await expectSound()
  })

  test('looking at it takes the database too long each time: it ends, but a step that went well counts anew', async () => {
    const importId = await stage(fileOf(Array.from({ length: 1_001 }, () => row())))
    const drag = async (most: number) => {
      await db.execute(
        sql.raw(`create or replace function drag() returns trigger language plpgsql as
        $$ begin if new.line > ${most} then raise exception 'too long' using errcode = '57014'; end if; return new; end $$`),
      )
      for (let n = 1; n < IMPORT_TRIES_MAX; n++) await expect(checkNextRows(db)).rejects.toThrow()
    }
    await db.execute(sql`create function drag() returns trigger language plpgsql as $$ begin return new; end $$`)
    await db.execute(
      sql`create trigger drag before update on catalogue_import_rows for each row execute function drag()`,
    )
    await drag(1)
    await db.execute(sql`alter table catalogue_import_rows disable trigger drag`)
    expect(await checkNextRows(db)).toBe(true)
    await db.execute(sql`alter table catalogue_import_rows enable trigger drag`)
    await drag(1_001)
    expect((await desk(importId)).found).toMatchObject({ state: 'checking', tries: IMPORT_TRIES_MAX - 1 })
    expect(await checkNextRows(db)).toBe(true)
    expect((await desk(importId)).found).toMatchObject({ state: 'failed', checked: 1_000 })
    expect(await checkNextRows(db)).toBe(false)
    await db.execute(sql`drop function drag cascade`)
  })

  test('writing fails as nobody expected: it can be decided again, and no other import waits for it', async () => {
    const [bad, good] = [row(), row()]
    const importId = await stage(fileOf([bad]))
    const next = await stage(fileOf([good]))
    await check()
    await decideImport(db, editor, { importId, decision: 'apply' })
    await decideImport(db, editor, { importId: next, decision: 'apply' })
    await db.execute(
      sql.raw(`create function fail() returns trigger language plpgsql as
      $$ begin if new.sku = '${bad.sku}' then raise exception 'as nobody expected'; end if; return new; end $$`),
    )
    await db.execute(sql`create trigger fail before insert on variants for each row execute function fail()`)
    while (await applyNextImport(db));
    expect((await desk(importId)).found).toMatchObject({
      state: 'checking',
      applied: 0,
      again: expect.stringContaining(`name import ${importId}.`) as string,
    })
    expect((await desk(next)).found.state).toBe('applied')
    await db.execute(sql`drop trigger fail on variants`)
    await check()
    await decideImport(db, editor, { importId, decision: 'apply' })
    while (await applyNextImport(db));
    expect((await desk(importId)).found).toMatchObject({ state: 'applied', again: null })
    await expectSound()
  })
})

test('50,000 variants go out and come back without a difference', { timeout: 240_000 }, async () => {
  const big = await createTestDatabase()
  await setUpShop(big.db)
  await big.db.execute(sql`set statement_timeout = 60000`)
  await big.db.execute(sql`insert into categories (slug, name) values ('prints', 'Prints')`)
  const rows = Array.from({ length: 50_000 }, (_, n) => {
    const product = Math.floor(n / 10)
    return row({
      product: `work-${product}`,
      name: `Work ${product}`,
      description: `Drawn in ${product} lines.\n\nAnd "quoted", with a comma.`,
      sku: `SKU-${n}`,
      options: [{ name: 'Size', value: `A${n % 10}` }],
      priceMinor: 1_000 + n,
      onHand: n % 50,
    })
  })
  await bring(fileOf(rows), big.db)
  const first = await exported(big.db)
  expect(first.split('\r\n')).toHaveLength(50_002)
  const same = await stage(first, big.db)
  await check(big.db)
  expect((await desk(same, big.db)).counts).toMatchObject({ wrong: 0, same: 50_000, changed: 0 })
  await big.db.execute(sql`update variants set price_minor = price_minor + 100, weight_grams = 300`)
  await bring(first, big.db)
  expect(await exported(big.db)).toBe(first)
  await expectSound(big.db)
  await big.drop()
})
