import type { CsvColumn } from './catalogue-csv'

/** checking: its rows are looked at. checked: somebody decides. applying: they are written, all or none. */
export const IMPORT_STATES = ['checking', 'checked', 'applying', 'applied', 'discarded'] as const
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

/** Rows are looked at and written so many at a time. */
export const IMPORT_BATCH = 1_000
