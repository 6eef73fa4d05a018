import { leftToShip, planMove, planParcel, type FulfillableOrder } from './fulfilment'
import { oneLine } from './one-line'
import type { OrderState } from './order'
import { parseOrderNumber } from './order-number'
import type { Permission } from './staff'

/** What can be done to many orders at once. */
export const ACT_KINDS = ['start', 'ship'] as const
export type ActKind = (typeof ACT_KINDS)[number]

/**
 * What can be made of many orders, and what it asks for. Slips are the day's work of whoever packs; invoices carry what an export
 * does, and ask for as much.
 */
export const FILE_PERMISSIONS = {
  'packing-slips': 'orders.fulfil',
  invoices: 'orders.export',
  export: 'orders.export',
} as const satisfies Record<string, Permission>
export type FileKind = keyof typeof FILE_PERMISSIONS

const FILE_KINDS = ['packing-slips', 'invoices', 'export'] as const satisfies readonly FileKind[]
export const BULK_KINDS = [...ACT_KINDS, ...FILE_KINDS] as const
export type BulkKind = (typeof BULK_KINDS)[number]

export function isFileKind(kind: BulkKind): kind is FileKind {
  return Object.hasOwn(FILE_PERMISSIONS, kind)
}

/** `wrong`: found before anything was done. `failed`: found when its turn came. */
export const BULK_ROW_STATES = ['wrong', 'ready', 'done', 'failed'] as const
export type BulkRowState = (typeof BULK_ROW_STATES)[number]

/** As many as a list of a day has, and a form may carry. */
export const BULK_ROWS_MAX = 1_000
/** As many papers as a desk sorts at once, and as a request has time to draw. */
const PAPERS_MAX = 300
export const FILE_ROWS_MAX: Readonly<Record<FileKind, number>> = {
  'packing-slips': PAPERS_MAX,
  invoices: PAPERS_MAX,
  export: BULK_ROWS_MAX,
}
export const CARRIER_MAX = 80
export const TRACKING_NUMBER_MAX = 64

/** A row of a list as it was typed or pasted, before anything is asked of the database. */
export interface BulkRow {
  /** As typed where it is no order's number. */
  readonly orderNumber: string
  readonly carrier: string
  /** Null for none, or where it does not matter. */
  readonly trackingNumber: string | null
  /** Null for a row that can be read. */
  readonly problem: string | null
}

/** Chosen on a page: each once. */
export function rowsOfChosen(typed: readonly string[]): BulkRow[] {
  const numbers = new Set(typed.flatMap((each) => parseOrderNumber(each) ?? []))
  return [...numbers].map((orderNumber) => ({ orderNumber, carrier: '', trackingNumber: null, problem: null }))
}

/**
 * A pasted list: order number, carrier, tracking number, with commas, semicolons or tabs between them, as spreadsheets and carriers'
 * programs write it. Empty lines and a first line of titles are passed over.
 */
export function parseTrackingList(text: string): BulkRow[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
  const cells = lines.map(splitLine)
  const [first = []] = cells
  const isTitles = parseOrderNumber(first[0] ?? '') === null && /order|number|carrier|tracking/i.test(first.join(' '))
  const seen = new Set<string>()
  return cells.slice(isTitles ? 1 : 0).map((row) => toRow(row, seen))
}

function toRow(
  [typed = '', carrier = '', trackingNumber = '', ...more]: readonly string[],
  seen: Set<string>,
): BulkRow {
  const orderNumber = parseOrderNumber(typed)
  const row = {
    orderNumber: orderNumber ?? typed.slice(0, 40),
    carrier: carrier.slice(0, CARRIER_MAX),
    trackingNumber: trackingNumber === '' ? null : trackingNumber.slice(0, TRACKING_NUMBER_MAX),
  }
  if (orderNumber === null) return { ...row, problem: 'This is no order number.' }
  if (seen.has(orderNumber)) return { ...row, problem: 'This order is in the list already.' }
  seen.add(orderNumber)
  if (more.some((cell) => cell !== '')) return { ...row, problem: 'There are more than three columns.' }
  if (carrier === '') return { ...row, problem: 'The carrier is missing.' }
  if (carrier.length > CARRIER_MAX || trackingNumber.length > TRACKING_NUMBER_MAX) {
    return { ...row, problem: 'Carrier or tracking number is too long.' }
  }
  return { ...row, problem: null }
}

/** Cells of one line. A cell in quotes may hold a separator, and a doubled quote stands for one. */
function splitLine(line: string): string[] {
  const separator = [';', '\t', ','].find((each) => line.includes(each)) ?? ','
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < line.length; at++) {
    const letter = line[at] ?? ''
    if (letter === '"' && quoted && line[at + 1] === '"') {
      cell += '"'
      at++
    } else if (letter === '"') {
      quoted = !quoted
    } else if (letter === separator && !quoted) {
      cells.push(cell)
      cell = ''
    } else {
      cell += letter
    }
  }
  return [...cells, cell].map(oneLine)
}

const STATE_WORDS: Readonly<Record<OrderState, string>> = {
  created: 'to be packed',
  processing: 'being packed',
  partly_shipped: 'partly shipped',
  shipped: 'shipped',
  delivered: 'delivered',
  cancelled: 'cancelled',
  returned: 'returned',
}

/** Why this cannot be done with an order as it is now; null when it can. Asked again when the row's turn comes. */
export function judgeBulk(kind: ActKind, order: FulfillableOrder | null): string | null {
  if (!order) return 'There is no such order.'
  if (kind === 'ship' && order.items.every((item) => leftToShip(item) === 0)) return 'Nothing of it is left to send.'
  const plan = kind === 'start' ? planMove(order, 'processing') : planParcel(order, 'rest')
  if (plan.kind === 'held') return 'It is held.'
  return plan.kind === 'illegal' ? `It is ${STATE_WORDS[order.state]}.` : null
}
