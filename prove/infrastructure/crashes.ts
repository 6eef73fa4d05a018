import { setTimeout as delay } from 'node:timers/promises'

import { ensureBuild } from '@/scripts/stack/next'

import { startCrashingPostgres } from '../harness/crashing-postgres'
import { inFolder } from '../harness/in-folder'
import { judgeLoad } from '../harness/judge-load'
import { startLoad, type Load } from '../harness/load'
import { createRandom } from '../harness/random'
import { openWorld } from '../harness/shop-world'
import { countEvents } from '../harness/webhooks'
import type { Part, PartReport } from '../part'

const CLIENTS = 8
/** A crash comes this long after buyers are served again, at most. */
const CALM_MAX_MS = 500
/** Generous: the promise is 30 seconds, and it is measured. */
const PATIENCE_MS = 120_000
const SERVED_AGAIN_WITHIN_MS = 30_000
/** Fewer crashes are a look whether all is well, on whatever machine: how long it takes is not judged. */
const JUDGED_FROM_SIZE = 50

async function run(crashes: number, seed: number, folder: string, say: (line: string) => void): Promise<PartReport> {
  const random = createRandom(seed)
  const postgres = await startCrashingPostgres(folder)
  const world = await openWorld({ folder, databaseUrl: postgres.url, webhooks: 'delivered' })
  const load = startLoad(world, CLIENTS, random)
  const violations: string[] = []
  let slowestMs = 0
  for (let n = 1; n <= crashes; n++) {
    await waitForMore(load)
    await delay(random.between(0, CALM_MAX_MS))
    await postgres.crash()
    const startedAt = performance.now()
    await waitForMore(load)
    const tookMs = performance.now() - startedAt
    slowestMs = Math.max(slowestMs, tookMs)
    if (tookMs > SERVED_AGAIN_WITHIN_MS && crashes >= JUDGED_FROM_SIZE)
      violations.push(`crash ${n}: no order for ${Math.round(tookMs)} ms after the start`)
    if (n % 10 === 0) say(`${n} of ${crashes} crashes, ${load.counts.bought} orders`)
  }
  await load.stop()
  violations.push(...(await judgeLoad(world, load)))
  const events = await countEvents(world)
  await world.close()
  await postgres.close()
  const { begun, bought, left, unknownAnswers } = load.counts
  return {
    counts: [
      ['crashes', crashes],
      ['checkouts under way meanwhile', begun],
      ['told of their order', bought],
      ['left for the worker', left],
      ['answers that left it open', unknownAnswers],
      ['webhooks kept', events],
      ['slowest first order after a start, seconds', (slowestMs / 1000).toFixed(1)],
    ],
    violations,
    remarks: [
      'After the last crash the leases of interrupted payments were ended in the database instead of waiting for them.',
    ],
  }
}

/** Until somebody is told of an order who was not before. */
async function waitForMore({ counts }: Load): Promise<void> {
  const { bought } = counts
  const startedAt = performance.now()
  while (counts.bought <= bought && performance.now() - startedAt < PATIENCE_MS) await delay(20)
}

export const part: Part = {
  name: 'crashes',
  claim: 'Postgres crashing under load loses nothing that was promised, and buyers are served again within 30 seconds.',
  fullSize: 100,
  async run({ size, seed, say }) {
    await ensureBuild()
    return inFolder((folder) => run(size, seed, folder, say))
  },
}
