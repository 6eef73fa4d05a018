import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseEnv } from 'node:util'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { environmentOf, runCommand } from '@/testing/run-command'
import { buy, newBuyer, openTestShop, type TestShop } from '@/testing/test-buyer'

import { keepEnvironment } from './stack/demo-env'

let shop: TestShop
let folder: string
let file: string

/** What a shell may have lying about: another shop, which is not there. */
const ELSEWHERE = {
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nowhere',
  PAYPAL_SIMULATOR_URL: 'http://127.0.0.1:1',
  PAYPAL_CLIENT_ID: 'somebody-else',
}

beforeAll(async () => {
  shop = await openTestShop()
  await buy(shop, await newBuyer(shop.db))
  folder = await mkdtemp(path.join(tmpdir(), 'demo-env-'))
  ;({ file } = await keepEnvironment(folder, environmentOf(shop)))
})
afterAll(async () => {
  await shop.close()
  await rm(folder, { recursive: true, force: true })
})

test.each<[string, string[], string]>([
  ['money-check', ['--env'], '(1 rows seen)'],
  ['reconcile', ['--days', '1', '--env'], '0 new incidents'],
  ['paypal-webhooks', ['list', '--env'], 'No webhook'],
])('%s looks at the shop that the file names, whatever the shell says', async (name, args, expected) => {
  const pointed = await runCommand(name, [...args, file], ELSEWHERE)
  expect(pointed).toMatchObject({ code: 0, output: expect.stringContaining(expected) })
  // In front, where taking away more than the one argument would be missed.
  const glued = await runCommand(name, [`--env=${file}`, ...args.slice(0, -1)], ELSEWHERE)
  expect(glued.code).toBe(0)
  expect((await runCommand(name, args.slice(0, -1), { ...environmentOf(shop), ...ELSEWHERE })).code).toBe(2)
})

test('a file that is not there is said, and nothing is looked at', async () => {
  for (const args of [['--env', path.join(folder, 'none')], ['--env']]) {
    const outcome = await runCommand('money-check', args, { DATABASE_URL: shop.databaseUrl })
    expect(outcome).toMatchObject({ code: 2, output: expect.stringContaining('--env') })
  }
})

test('what the demonstration keeps is read as it was, by its owner only, and taken away in the end', async () => {
  const values = { A: 'Shop <orders@shop.example>', B: String.raw`C:\new\demo's data`, C: 'a#b = "c"', D: '' }
  await writeFile(path.join(folder, 'demo.env'), 'OLD=1', { mode: 0o644 })
  const kept = await keepEnvironment(folder, values)
  expect(parseEnv(await readFile(kept.file, 'utf8'))).toEqual(values)
  expect((await stat(kept.file)).mode & 0o777).toBe(0o600)
  await kept.forget()
  await expect(stat(kept.file)).rejects.toThrow('ENOENT')
})
