import 'server-only'

import { setTimeout as delay } from 'node:timers/promises'

import type { Database } from '@/db/client'
import { applyNextImport } from '@/lib/catalogue-csv/apply-import'
import { checkNextRows } from '@/lib/catalogue-csv/check-import'
import { getLog } from '@/lib/runtime/log'

const LOOK_EVERY_MS = 1_000
const FAILED_MS = 5_000

/** Looks at files that staff have sent and writes those they have decided on, beside the worker's other work: a long one delays itself alone. */
export async function runImports(db: Database, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const worked = (await checkNextRows(db)) || (await applyNextImport(db))
      if (!worked) await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
    } catch (error) {
      getLog().error({ cause: String(error) }, 'an import could not go on')
      await delay(FAILED_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}
