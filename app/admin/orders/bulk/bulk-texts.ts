import { BULK_ROWS_MAX, isFileKind, type BulkKind, type BulkRowState } from '@/lib/domain/bulk'

export const KIND_NAMES: Readonly<Record<BulkKind, string>> = {
  start: 'Start packing',
  ship: 'Mark shipped',
  'packing-slips': 'Packing slips',
  invoices: 'Invoices',
  export: 'Export',
}

const ACT_STATE_NAMES: Readonly<Record<BulkRowState, string>> = {
  wrong: 'Left out',
  ready: 'To do',
  done: 'Done',
  failed: 'Not done',
}
const FILE_STATE_NAMES: typeof ACT_STATE_NAMES = { ...ACT_STATE_NAMES, done: 'In the file', failed: 'Left out' }

export function rowStateName(kind: BulkKind, state: BulkRowState): string {
  return (isFileKind(kind) ? FILE_STATE_NAMES : ACT_STATE_NAMES)[state]
}

/** How far a job is. */
export function progressText(kind: BulkKind, { done, failed, all }: { done: number; failed: number; all: number }) {
  if (!isFileKind(kind)) return `${done} of ${all} done${failed > 0 ? `, ${failed} not done` : ''}`
  return `${done} of ${all} in the file${failed > 0 ? `, ${failed} left out` : ''}`
}

export function prepareProblem(kind: 'empty' | 'too_many'): string {
  return kind === 'empty' ? 'There is no row in it.' : `At most ${BULK_ROWS_MAX} rows at once. Divide the list.`
}
