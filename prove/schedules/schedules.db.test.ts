import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '@/db/testing/database'

import { runSchedule } from './run-schedule'
import { listViolations, runSchedules } from './run-schedules'
import { openWorld, type World } from './world'

let database: TestDatabase
let world: World

beforeAll(async () => {
  database = await createTestDatabase()
  world = await openWorld(database.url)
})
afterAll(async () => {
  await world.close()
  await database.drop()
})

test('300 random schedules keep the promise', { timeout: 1_800_000 }, async () => {
  const tally = await runSchedules(world, { size: 300, seed: 1, stride: 1 })
  expect(listViolations(tally)).toEqual([])
  expect(tally.events).toBeGreaterThan(50)
})

test('a seed replays exactly', { timeout: 600_000 }, async () => {
  for (const seed of [9, 30, 61, 74, 1087]) {
    const first = [await runSchedule(world, seed), await world.paypal.ledger()]
    const second = [await runSchedule(world, seed), await world.paypal.ledger()]
    expect(second).toEqual(first)
  }
})
