import { inspect } from 'node:util'

import { runSchedule, type ScheduleResult } from './run-schedule'
import type { Share } from './share'
import type { World } from './world'

/** What schedules came to, added up. */
export interface Tally {
  readonly schedules: number
  readonly steps: number
  readonly orders: number
  readonly refunds: number
  readonly deaths: number
  readonly waits: number
  /** Webhooks that were kept. */
  readonly events: number
  /** Schedules that did not keep the promise. */
  readonly broken: readonly { readonly seed: number; readonly wrong: readonly string[] }[]
}

interface Watch {
  readonly onDone?: (done: number) => void
  readonly signal?: AbortSignal
}

/** Runs the schedules of a share. The first that breaks the promise is the last: more examples are of no use. */
export async function runSchedules(
  world: World,
  { size, seed, stride }: Share,
  { onDone, signal }: Watch = {},
): Promise<Tally> {
  let tally: Tally = NOTHING
  for (let done = 0; done < size && tally.broken.length === 0; done++) {
    if (signal?.aborted) break
    tally = addTallies(tally, await runOne(world, seed + done * stride))
    onDone?.(done + 1)
  }
  return tally
}

const NOTHING: Tally = { schedules: 0, steps: 0, orders: 0, refunds: 0, deaths: 0, waits: 0, events: 0, broken: [] }

async function runOne(world: World, seed: number): Promise<Tally> {
  try {
    return tallyOf(await runSchedule(world, seed))
  } catch (error) {
    return { ...NOTHING, schedules: 1, broken: [{ seed, wrong: [`it ended early: ${inspect(error)}`] }] }
  }
}

function tallyOf({ seed, wrong, steps, orders, refunds, deaths, waits, events }: ScheduleResult): Tally {
  const broken = wrong.length > 0 ? [{ seed, wrong }] : []
  return { schedules: 1, steps, orders, refunds, deaths, waits, events, broken }
}

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    schedules: a.schedules + b.schedules,
    steps: a.steps + b.steps,
    orders: a.orders + b.orders,
    refunds: a.refunds + b.refunds,
    deaths: a.deaths + b.deaths,
    waits: a.waits + b.waits,
    events: a.events + b.events,
    broken: [...a.broken, ...b.broken].toSorted((one, other) => one.seed - other.seed),
  }
}

/** Each with its seed, which replays it. */
export function listViolations({ broken }: Tally): string[] {
  return broken.flatMap(({ seed, wrong }) => wrong.map((what) => `seed ${seed}: ${what}`))
}
