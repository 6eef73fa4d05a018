import { z } from 'zod'

import type { RefundRequest } from './refund-request'

/** A buyer sends something back: asked for, answered, arrived, paid back. */
export const RETURN_STATES = ['requested', 'approved', 'refused', 'received', 'refunded'] as const
export type ReturnState = (typeof RETURN_STATES)[number]

/** The allowed moves; the database has the same, and a test compares the two. What has arrived can still be refused, with a reason. */
export const RETURN_MOVES: Readonly<Record<ReturnState, readonly ReturnState[]>> = {
  requested: ['approved', 'refused'],
  approved: ['received', 'refused'],
  refused: [],
  received: ['refunded', 'refused'],
  refunded: [],
}

/** Waits for the shop rather than for the parcel. */
export function waitsForStaff(state: ReturnState): boolean {
  return state === 'requested' || state === 'received'
}

export const RETURN_REASONS = ['changed_mind', 'damaged', 'wrong_item', 'not_as_described', 'other'] as const
export const ReturnReason = z.enum(RETURN_REASONS)
export type ReturnReason = z.infer<typeof ReturnReason>

export const RETURN_REASON_TEXTS: Readonly<Record<ReturnReason, string>> = {
  changed_mind: 'It is not for me after all',
  damaged: 'It arrived damaged',
  wrong_item: 'It is not what I ordered',
  not_as_described: 'It is not as described',
  other: 'Another reason',
}

export const CONDITIONS = ['as_new', 'opened', 'damaged'] as const
export const Condition = z.enum(CONDITIONS)
export type Condition = z.infer<typeof Condition>

export const CONDITION_TEXTS: Readonly<Record<Condition, string>> = {
  as_new: 'As new',
  opened: 'Opened or used',
  damaged: 'Damaged',
}

/** From the day it arrives, as the page about returns says; longer than the 14 days that the EU and the UK ask for. */
export const RETURN_WINDOW_DAYS = 30
/** A parcel that nobody has marked as delivered has arrived by then. */
export const TRANSIT_DAYS_MAX = 14
/** One may ask again after a refusal, and not without end. */
export const RETURNS_PER_ORDER_MAX = 10
export const RETURN_NOTE_MAX = 500
export const RETURN_ANSWER_MAX = 500

const DAY_MS = 86_400_000

/** Until when something can be sent back; null while nothing has left. */
export function returnDeadline({
  deliveredAt,
  lastShippedAt,
}: {
  readonly deliveredAt: Date | null
  readonly lastShippedAt: Date | null
}): Date | null {
  if (deliveredAt) return new Date(deliveredAt.getTime() + RETURN_WINDOW_DAYS * DAY_MS)
  if (!lastShippedAt) return null
  return new Date(lastShippedAt.getTime() + (TRANSIT_DAYS_MAX + RETURN_WINDOW_DAYS) * DAY_MS)
}

/** An item as somebody sees it who sends it back. */
export interface ReturnableItem {
  readonly position: number
  readonly quantity: number
  readonly shippedQuantity: number
  /** Refunded, or being refunded. */
  readonly refundedQuantity: number
  /** Of those, refunded because they came back. */
  readonly returnedQuantity: number
  /** In returns that were not refused; of what has arrived, what was in the parcel. */
  readonly comingBackQuantity: number
}

/** What can still be sent back of an item. Pieces refunded without coming back are the buyer's to keep. */
export function leftToReturn(item: ReturnableItem): number {
  const kept = item.refundedQuantity - item.returnedQuantity
  return Math.max(0, Math.min(item.shippedQuantity, item.quantity - kept) - item.comingBackQuantity)
}

export interface ReturnLine {
  readonly position: number
  readonly quantity: number
}

export type PlannedReturn =
  | { readonly kind: 'planned'; readonly lines: readonly ReturnLine[] }
  | { readonly kind: 'nothing' | 'not_sent' | 'too_late' | 'too_often' }
  | { readonly kind: 'too_many'; readonly position: number; readonly left: number }

/** Whether a buyer can send these pieces back now. */
export function planReturn(
  order: {
    readonly items: readonly ReturnableItem[]
    readonly deliveredAt: Date | null
    readonly lastShippedAt: Date | null
    /** Refused ones too. */
    readonly returnsSoFar: number
  },
  wanted: readonly ReturnLine[],
  now: Date,
): PlannedReturn {
  const deadline = returnDeadline(order)
  if (!deadline) return { kind: 'not_sent' }
  if (now > deadline) return { kind: 'too_late' }
  if (order.returnsSoFar >= RETURNS_PER_ORDER_MAX) return { kind: 'too_often' }
  const lines = wanted.filter(({ quantity }) => quantity > 0)
  if (lines.length === 0) return { kind: 'nothing' }
  for (const { position, quantity } of lines) {
    const item = order.items.find((candidate) => candidate.position === position)
    const left = item ? leftToReturn(item) : 0
    if (quantity > left) return { kind: 'too_many', position, left }
  }
  return { kind: 'planned', lines }
}

/** What was found in a parcel that came back. */
export interface ReceivedLine extends ReturnLine {
  readonly condition: Condition
  /** Whether it can be sold again. It is on the shelf once its money is back. */
  readonly restock: boolean
}

export type PlannedReceipt =
  | { readonly kind: 'planned'; readonly lines: readonly ReceivedLine[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'too_many'; readonly position: number; readonly left: number }

/** What has arrived of a return: all of its lines, each at most as often as it was asked for. Of nothing there is no receipt. */
export function planReceipt(asked: readonly ReturnLine[], found: readonly ReceivedLine[]): PlannedReceipt {
  const lines = asked.map(({ position }): ReceivedLine => {
    const line = found.find((candidate) => candidate.position === position)
    return line ?? { position, quantity: 0, condition: 'as_new', restock: false }
  })
  for (const { position, quantity } of lines) {
    const left = asked.find((line) => line.position === position)?.quantity ?? 0
    if (quantity > left) return { kind: 'too_many', position, left }
  }
  return lines.every(({ quantity }) => quantity === 0) ? { kind: 'nothing' } : { kind: 'planned', lines }
}

/** What goes back for what has arrived. `lessMinor`: kept for what is damaged or used. */
export function returnRefund(
  received: readonly { readonly position: number; readonly receivedQuantity: number; readonly restock: boolean }[],
  { withDelivery, lessMinor }: { readonly withDelivery: boolean; readonly lessMinor: number },
): RefundRequest {
  const lines = received
    .filter(({ receivedQuantity }) => receivedQuantity > 0)
    .map(({ position, receivedQuantity, restock }) => ({ position, quantity: receivedQuantity, restock }))
  return { kind: 'lines', lines, withDelivery, lessMinor }
}

/** True once every piece of an order has been sent and has come back, the ones of this return among them. */
export function isAllBack(
  items: readonly Pick<ReturnableItem, 'position' | 'quantity' | 'shippedQuantity' | 'returnedQuantity'>[],
  now: readonly ReturnLine[],
): boolean {
  return items.every(({ position, quantity, shippedQuantity, returnedQuantity }) => {
    const back = now.find((line) => line.position === position)?.quantity ?? 0
    return shippedQuantity === quantity && returnedQuantity + back === quantity
  })
}
