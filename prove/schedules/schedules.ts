import { availableParallelism } from 'node:os'

import type { Part, PartOrder } from '../part'
import { addTallies, listViolations } from './run-schedules'
import { runShareApart } from './share'

/** A world has one thing done at a time and waits between: one more than there are cores keeps those busy. */
const WORLDS_MAX = 3
const SAY_EVERY = 250

export const part: Part = {
  name: 'schedules',
  claim: 'Whatever the order in which tabs, workers, staff, PayPal and the database act and fail, the promise is kept.',
  fullSize: 10_000,
  async run(order) {
    const tallies = await runInWorlds(order, Math.min(WORLDS_MAX, availableParallelism() + 1, order.size))
    const tally = tallies.reduce(addTallies)
    return {
      counts: [
        ['schedules', tally.schedules],
        ['seeds', `${order.seed} to ${order.seed + order.size - 1}`],
        ['steps', tally.steps],
        ['orders', tally.orders],
        ['refunds', tally.refunds],
        ['webhooks kept', tally.events],
        ['processes that died', tally.deaths],
        ['waits for a lock', tally.waits],
      ],
      violations: listViolations(tally),
      remarks: ['A violation replays with `npm run prove -- schedules --schedules 1 --seed N`.'],
    }
  },
}

/** Shares the seeds out to worlds side by side; what one has found ends the others. */
function runInWorlds({ size, seed, say }: PartOrder, worlds: number) {
  const found = new AbortController()
  const done = Array.from({ length: worlds }, () => 0)
  let said = 0
  return Promise.all(
    done.map(async (_, index) => {
      const share = { size: Math.ceil((size - index) / worlds), seed: seed + index, stride: worlds }
      const onDone = (count: number) => {
        done[index] = count
        const total = done.reduce((sum, one) => sum + one)
        if (total < said + SAY_EVERY) return
        said = total
        say(`${total} schedules`)
      }
      const tally = await runShareApart(share, { onDone, signal: found.signal })
      if (tally.broken.length > 0) found.abort()
      return tally
    }),
  )
}
