import { createRng } from '../art/random'
import type { StockLevel } from './types'

/** Pieces on hand of one variant: mostly 10 to 60, now and then 1 to 5 or none. Drawn from the SKU, so it stays the same. */
export function onHandFor(sku: string, level: StockLevel): number {
  const rng = createRng(`stock ${sku}`)
  if (level === 'sold-out') return 0
  if (level === 'low') return rng.int(1, 4)
  const roll = rng.next()
  if (roll < 0.04) return 0
  return roll < 0.13 ? rng.int(1, 5) : rng.int(10, 60)
}
