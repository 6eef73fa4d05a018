import { sql } from 'drizzle-orm'

import { ensureBuild } from '@/scripts/stack/next'

import { judgeMoney } from '../harness/judge-money'
import { startProofServer, type ProofServer } from '../harness/proof-server'
import { createRandom, type Random } from '../harness/random'
import { settle } from '../harness/settle'
import { openWorld } from '../harness/shop-world'
import type { Part, PartReport } from '../part'
import { fingerprint } from './fingerprint'
import { send, type RecordedRequest } from './recorder'
import { shopInEveryWay } from './run-of-everything'

const AT_ONCE = 8

/** People shop; afterwards each of their requests is sent again, in order and then in any, and nothing may change. */
async function run(server: ProofServer, rounds: number, seed: number): Promise<PartReport> {
  const world = await openWorld({ folder: server.folder, databaseUrl: await server.newDatabase() })
  const { rows } = await world.db.execute<{ slug: string }>(sql`select slug from products limit 1`)
  const log: RecordedRequest[] = []
  for (let round = 0; round < rounds; round++) await shopInEveryWay(world, rows[0]?.slug ?? '', log)
  await world.paypal.drainWebhooks()
  const violations: string[] = []
  if (!(await settle(world.db, []))) violations.push('it does not come to rest')
  violations.push(...(await judgeMoney(world.db, await world.paypal.ledger())))

  const before = await fingerprint(world)
  const statuses = new Map<number, number>()
  const replay = async (request: RecordedRequest) => {
    const response = await send(request)
    await response.arrayBuffer()
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
    if (response.status >= 500) violations.push(`${request.method} ${request.url} is answered with ${response.status}`)
  }
  for (const request of log) await replay(request)
  const random = createRandom(seed)
  await inAnyOrder(log, random, replay)
  const events = await world.paypal.webhookEvents()
  for (const { id } of random.shuffle([...events, ...events])) {
    for (const { status } of await world.paypal.sendWebhook({ eventId: id })) {
      if (status !== 200) violations.push(`event ${id} is answered with ${status}`)
    }
  }
  // Who had left without paying has begun again by this: those payments run out as any other.
  if (!(await settle(world.db, []))) violations.push('it does not come to rest after the replay')
  const after = await fingerprint(world)
  for (const [what, was] of before) {
    if (after.get(what) !== was) violations.push(`${what} changed: ${was}, then ${after.get(what) ?? 'nothing'}`)
  }
  violations.push(...(await judgeMoney(world.db, await world.paypal.ledger())))
  await world.close()
  const posts = log.filter(({ method }) => method === 'POST').length
  return {
    counts: [
      ['requests recorded', log.length],
      ['of them POST', posts],
      ['sent again', 2 * log.length],
      ['webhooks told twice more', events.length],
      ['answers', [...statuses].map(([status, times]) => `${times} × ${status}`).join(', ')],
    ],
    violations,
    details: [...before].map(([what, digest]) => `${what.padEnd(18)} ${digest}`),
  }
}

async function inAnyOrder(
  log: readonly RecordedRequest[],
  random: Random,
  replay: (request: RecordedRequest) => Promise<void>,
): Promise<void> {
  const queue = random.shuffle(log)
  const client = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await replay(next)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, client))
}

export const part: Part = {
  name: 'replay',
  claim: 'Every request of a run, sent again with its old cookies, changes neither ledger, orders, messages nor stock.',
  fullSize: 10,
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
