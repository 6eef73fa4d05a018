import path from 'node:path'
import { inspect } from 'node:util'

import type { ProofServer } from '../harness/proof-server'
import type { Layout } from '../harness/shop-world'
import type { PartReport } from '../part'
import { countKills, printCoverage } from './coverage'
import { openLane, type Lane } from './lane'
import { planKills, type KillOrder } from './plan-kills'
import { runKill, type KillReport } from './run-kill'
import { CELLS } from './steps'

export interface KillRun {
  readonly size: number
  readonly seed: number
  /** Shops side by side, half of each layout. */
  readonly lanes: number
  /** One in so many is measured in real time, where that can be measured; 0 for none. */
  readonly timedOneIn: number
  /** How often each cell must have been covered. */
  readonly cellTimesMin: number
  readonly say: (line: string) => void
}

const LAYOUTS: readonly Layout[] = ['separate', 'in-process']
const SAY_EVERY = 50

/** All kills of a run, shared out to lanes, and what came of them. */
export async function killAll(server: Pick<ProofServer, 'newDatabase' | 'folder'>, run: KillRun): Promise<PartReport> {
  const orders = planKills(run.size, run.seed, run.timedOneIn)
  const queues = new Map(LAYOUTS.map((layout) => [layout, orders.filter((order) => order.layout === layout)]))
  const lanes: Lane[] = []
  const reports: KillReport[] = []
  try {
    for (let index = 0; index < run.lanes; index++) {
      const layout = LAYOUTS[index % LAYOUTS.length] ?? 'separate'
      lanes.push(await openLane(layout, await server.newDatabase(), path.join(server.folder, `lane-${index}`)))
    }
    const work = async (lane: Lane) => {
      const queue = queues.get(lane.layout) ?? []
      const known = new Set<string>()
      for (let order = queue.shift(); order; order = queue.shift()) {
        reports.push(await runKnowing(lane, order, known))
        if (reports.length % SAY_EVERY === 0) run.say(`${reports.length} of ${orders.length} kills`)
      }
    }
    await Promise.all(lanes.map(work))
  } finally {
    for (const lane of lanes) await lane.close()
  }
  return report(run, reports)
}

/** What was wrong with a lane's money before this kill is not this kill's doing. */
async function runKnowing(lane: Lane, order: KillOrder, known: Set<string>): Promise<KillReport> {
  const done = await runKill(lane, order).catch((error: unknown): KillReport => {
    const violations = [`it ended early: ${inspect(error)}`]
    return { order, isKilled: false, buyers: 0, ordersAfterMs: null, waitMs: 0, violations }
  })
  const violations = done.violations.filter((violation) => !known.has(violation))
  for (const violation of violations) known.add(violation)
  return { ...done, violations }
}

function report(run: KillRun, reports: readonly KillReport[]): PartReport {
  const killed = reports.filter(({ isKilled }) => isKilled)
  const timed = killed.flatMap(({ ordersAfterMs }) => ordersAfterMs ?? []).toSorted((a, b) => a - b)
  const seconds = (share: number) => ((timed[Math.floor((timed.length - 1) * share)] ?? 0) / 1000).toFixed(1)
  const bare = CELLS.filter((cell) => countKills(cell, reports) < run.cellTimesMin)
  const victims = (layout: Layout, driver: string) =>
    killed.filter(({ order }) => order.layout === layout && order.driver === driver).length
  return {
    counts: [
      ['kills', killed.length],
      ['of the shop', victims('separate', 'request')],
      ['of the worker', victims('separate', 'worker')],
      ['of the shop with the worker inside', killed.filter(({ order }) => order.layout === 'in-process').length],
      ['with all webhooks after the death', killed.filter(({ order }) => order.webhooksFollow).length],
      ['buyers under way', killed.reduce((sum, { buyers }) => sum + buyers, 0)],
      ['cells', CELLS.length],
      ['least kills in a cell', Math.min(...CELLS.map((cell) => countKills(cell, reports)))],
      ['longest wait until a payment is anybody’s, seconds', longest(killed).toFixed(1)],
      ['measured in real time', timed.length],
      ...(timed.length === 0
        ? []
        : ([['orders after the death, seconds (half / longest)', `${seconds(0.5)} / ${seconds(1)}`]] as const)),
    ],
    violations: [
      ...reports.flatMap(({ order, violations }) => violations.map((violation) => `${describe(order)}: ${violation}`)),
      ...bare.map(
        (cell) => `covered less than ${run.cellTimesMin} times: ${cell.step} ${cell.moment} by ${cell.driver}`,
      ),
    ],
    details: printCoverage(reports),
    remarks: [
      `In ${killed.length - timed.length} kills the leases of the dead were ended in the database after the death, instead of ` +
        'waiting up to 45 seconds for them.' +
        (timed.length === 0 ? '' : ` In ${timed.length} nothing was moved, and the time to the orders was measured.`),
    ],
  }
}

function longest(killed: readonly KillReport[]): number {
  return Math.max(0, ...killed.map(({ waitMs }) => waitMs)) / 1000
}

function describe({ index, step, moment, driver, layout, buyers, nth, seed }: KillOrder): string {
  return `kill ${index} (${step} ${moment} by ${driver}, ${layout}, message ${nth} of ${buyers} buyers, seed ${seed})`
}
