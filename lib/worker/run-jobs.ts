import 'server-only'

import { setTimeout as delay } from 'node:timers/promises'

import type { Database } from '@/db/client'
import { workJobs } from '@/lib/bulk/work-jobs'
import { getLog } from '@/lib/runtime/log'

const LOOK_EVERY_MS = 1_000
const AWAY_MS = 5_000

/** Goes through what staff do to many orders at once, beside the worker's other work: a thousand parcels delay no payment. */
export async function runJobs(db: Database, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      if ((await workJobs(db)) === 'more') continue
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
    } catch (error) {
      getLog().error({ cause: String(error) }, 'jobs could not be worked on')
      await delay(AWAY_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}
