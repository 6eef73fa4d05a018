import path from 'node:path'

import { ensureBuild } from '@/scripts/stack/next'

import { judgeLoad } from '../harness/judge-load'
import { startLoad } from '../harness/load'
import { startProofServer, type ProofServer } from '../harness/proof-server'
import { createRandom } from '../harness/random'
import { openWorld } from '../harness/shop-world'
import { countEvents } from '../harness/webhooks'
import type { Part, PartReport } from '../part'
import { readClock } from './read-clock'

const CLIENTS = 8
const SHIFT_SECONDS = 300
const shiftClock = new URL('../harness/shift-clock.mjs', import.meta.url).href

/** Two shops and two workers share a database; each buyer asks now the one, now the other. */
async function run(server: ProofServer, buyers: number, seed: number): Promise<PartReport> {
  const world = await openWorld({
    folder: server.folder,
    databaseUrl: await server.newDatabase(),
    webhooks: 'delivered',
    instances: [-SHIFT_SECONDS, SHIFT_SECONDS].map((seconds) => ({
      flags: ['--import', shiftClock],
      env: { CLOCK_SHIFT_SECONDS: String(seconds) },
    })),
  })
  const load = startLoad(world, CLIENTS, createRandom(seed), buyers)
  await load.over
  const violations: string[] = []
  violations.push(...(await judgeLoad(world, load)))
  const shops = await readApart(server.folder, 'shop')
  const workers = await readApart(server.folder, 'worker')
  for (const apart of [shops, workers]) {
    if (!(apart > SHIFT_SECONDS)) violations.push(`the clocks were ${apart} s apart: nothing was tried`)
  }
  const events = await countEvents(world)
  await world.close()
  const { begun, bought, left, unknownAnswers } = load.counts
  return {
    counts: [
      ['checkouts', begun],
      ['told of their order', bought],
      ['left for the workers', left],
      ['answers that left it open', unknownAnswers],
      ['webhooks kept', events],
      ['clocks of the shops apart by their logs, seconds', shops],
      ['clocks of the workers apart by their logs, seconds', workers],
    ],
    violations,
    remarks: ['The clocks are those of the processes: Date is shifted by a preloaded file. The database has its own.'],
  }
}

/** By how much the clocks of two processes differ. */
async function readApart(folder: string, name: string): Promise<number> {
  const read = (index: number) => readClock(path.join(folder, 'logs', `${name}-${index}.log`))
  return Math.round((await read(1)) - (await read(0)))
}

export const part: Part = {
  name: 'clocks',
  claim: 'Two shops and two workers at once, with clocks ten minutes apart, place each order once.',
  fullSize: 500,
  async run({ size, seed }) {
    await ensureBuild()
    const server = await startProofServer()
    try {
      return await run(server, size, seed)
    } finally {
      await server.stop()
    }
  },
}
