import 'server-only'

import type { StagedRow } from '@/db/queries/catalogue-imports'
import { CSV_COLUMNS, type Cells } from '@/lib/domain/catalogue-csv'

/** The cells of a row as they came, by their columns. */
export function cellsOf({ cells }: Pick<StagedRow, 'cells'>): Cells {
  return Object.fromEntries(CSV_COLUMNS.map((column, index) => [column, cells[index] ?? ''])) as Cells
}
