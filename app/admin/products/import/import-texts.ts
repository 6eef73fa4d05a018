import type { DecideOutcome } from '@/lib/catalogue-csv/import-desk'
import { CSV_BYTES_MAX } from '@/lib/domain/catalogue-csv'
import type { ImportState, RowChange } from '@/lib/domain/catalogue-import'

export const TOO_LARGE = `This file has more than ${CSV_BYTES_MAX / 1_000_000} MB. Divide it.`

const STATE_NAMES: Readonly<Record<ImportState, string>> = {
  checking: 'Being looked at',
  checked: 'Waits for a decision',
  applying: 'Being written',
  applied: 'Written',
  discarded: 'Discarded',
  failed: 'Failed',
}

export function stateName(state: ImportState): string {
  return STATE_NAMES[state]
}

const KIND_NAMES: Readonly<Record<RowChange['kind'], string>> = {
  new_product: 'New product',
  new_variant: 'New variant',
  change: 'Changes',
  same: 'The same',
}

export function kindName(kind: RowChange['kind']): string {
  return KIND_NAMES[kind]
}

export function refusalText(outcome: Exclude<DecideOutcome, { kind: 'done' }>): string {
  switch (outcome.kind) {
    case 'not_found':
      return 'This import is not there any more.'
    case 'wrong_rows':
      return 'There are still rows that are wrong. Mend the file and send it again.'
    case 'nothing_to_do':
      return 'Nothing in this file differs from what is there.'
    case 'not_now':
      return `Not while it is “${stateName(outcome.state)}”. Reload the page.`
  }
}
