import type { CsvColumn } from './catalogue-csv'

/** checking: its rows are looked at. checked: somebody decides. applying: they are written, all or none. failed: nothing is. */
export const IMPORT_STATES = ['checking', 'checked', 'applying', 'applied', 'discarded', 'failed'] as const
export type ImportState = (typeof IMPORT_STATES)[number]

/** What a row of a file changes. */
export interface RowChange {
  /** `same`: nothing. */
  readonly kind: 'new_product' | 'new_variant' | 'change' | 'same'
  /** By column, as it is and as it will be. Empty for what is new. */
  readonly columns: Readonly<Partial<Record<CsvColumn, readonly [before: string, after: string]>>>
  /** Of the product when this was found out; null for a new one. Another version at the end means looking again. */
  readonly version: number | null
}

/**
 * So often in a row may the database cut a step off for taking too long. A busy hour is over by then; what is too much for it is too
 * much each time, and no other file is looked at meanwhile.
 */
export const IMPORT_TRIES_MAX = 5

/** Rows are looked at and written so many at a time. */
export const IMPORT_BATCH = 1_000
