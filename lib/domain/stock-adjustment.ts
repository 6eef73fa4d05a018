import { ON_HAND_MAX } from './product'
import type { StockReason } from './stock-reason'

/** What staff choose between when pieces come or go; a count has a form of its own. */
export const ADJUSTMENTS = ['received', 'found', 'damaged', 'other_more', 'other_fewer'] as const

/** Pieces that came or went, or a count of all that are there. */
export type Adjustment =
  | { readonly kind: (typeof ADJUSTMENTS)[number]; readonly pieces: number }
  /** `seenMovementId`: the last movement that was known when it was counted; 0 for none. */
  | { readonly kind: 'counted'; readonly pieces: number; readonly seenMovementId: number }

export interface Shelf {
  readonly onHand: number
  /** Of those, how many running payments hold. */
  readonly held: number
  readonly lastMovementId: number
}

export type AdjustmentPlan =
  | { readonly kind: 'move'; readonly quantity: number; readonly reason: StockReason }
  /** The count agrees with the books. */
  | { readonly kind: 'agrees' }
  /** Pieces moved since they were counted, so the count is of another moment. */
  | { readonly kind: 'moved_meanwhile'; readonly onHand: number }
  /** Running payments hold more than would be left. */
  | { readonly kind: 'held'; readonly held: number }
  | { readonly kind: 'too_few'; readonly onHand: number }
  | { readonly kind: 'too_many' }

/** What an adjustment does to the shelf, or why it cannot be. */
export function planAdjustment(shelf: Shelf, adjustment: Adjustment): AdjustmentPlan {
  if (adjustment.kind === 'counted' && adjustment.seenMovementId !== shelf.lastMovementId) {
    return { kind: 'moved_meanwhile', onHand: shelf.onHand }
  }
  const quantity = quantityOf(shelf, adjustment)
  const left = shelf.onHand + quantity
  if (left < 0) return { kind: 'too_few', onHand: shelf.onHand }
  if (left < shelf.held) return { kind: 'held', held: shelf.held }
  if (left > ON_HAND_MAX) return { kind: 'too_many' }
  return quantity === 0 ? { kind: 'agrees' } : { kind: 'move', quantity, reason: reasonOf(adjustment) }
}

function quantityOf(shelf: Shelf, { kind, pieces }: Adjustment): number {
  switch (kind) {
    case 'received':
    case 'found':
    case 'other_more':
      return pieces
    case 'damaged':
    case 'other_fewer':
      return -pieces
    case 'counted':
      return pieces - shelf.onHand
  }
}

function reasonOf({ kind }: Adjustment): StockReason {
  return kind === 'other_more' || kind === 'other_fewer' ? 'other' : kind
}
