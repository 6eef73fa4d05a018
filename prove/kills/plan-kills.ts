import { createRandom } from '../harness/random'
import type { Layout } from '../harness/shop-world'
import { CELLS, type Cell } from './steps'

/** One kill as it is planned. */
export interface KillOrder extends Cell {
  readonly index: number
  readonly layout: Layout
  /** Buyers under way at once. */
  readonly buyers: number
  /** Which message of the kind kills. */
  readonly nth: number
  /** Time is not moved after the death: it is measured how long the orders take. */
  readonly isTimed: boolean
  /** After the death PayPal tells of everything that has happened; else the shop has to find out alone. */
  readonly webhooksFollow: boolean
  readonly seed: number
}

const BUYERS_MAX = 3
/** After the buyer's approval, where an order must follow although nobody comes back. */
const TIMED_STEPS: readonly string[] = ['look', 'fence', 'capture', 'finalise']

/** Every cell in turn, so that all are covered alike; both layouts alternate; one in `timedOneIn` is timed, 0 for none. */
export function planKills(size: number, seed: number, timedOneIn: number): KillOrder[] {
  const random = createRandom(seed)
  const orders = Array.from({ length: size }, (_, index): KillOrder => {
    const cell = CELLS[index % CELLS.length] as Cell
    const round = Math.floor(index / CELLS.length)
    const buyers = random.between(1, BUYERS_MAX)
    const layout = (index + round) % 2 === 0 ? 'separate' : 'in-process'
    const isTimed = timedOneIn > 0 && TIMED_STEPS.includes(cell.step) && random.once(timedOneIn)
    return {
      ...cell,
      index,
      layout,
      buyers,
      nth: random.between(1, buyers),
      isTimed,
      webhooksFollow: !isTimed && random.once(2),
      seed: random.between(0, 2 ** 31),
    }
  })
  return random.shuffle(orders)
}
