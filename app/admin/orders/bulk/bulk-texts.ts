import { BULK_ROWS_MAX, type BulkKind, type BulkRowState } from '@/lib/domain/bulk'

export const KIND_NAMES: Readonly<Record<BulkKind, string>> = {
  start: 'Start packing',
  ship: 'Mark shipped',
}

export const ROW_STATE_NAMES: Readonly<Record<BulkRowState, string>> = {
  wrong: 'Left out',
  ready: 'To do',
  done: 'Done',
  failed: 'Not done',
}

export function prepareProblem(kind: 'empty' | 'too_many'): string {
  return kind === 'empty' ? 'There is no row in it.' : `At most ${BULK_ROWS_MAX} rows at once. Divide the list.`
}
