import 'server-only'

import type { Database } from '@/db/client'
import { claimOutbox, finishOutbox } from '@/db/queries/outbox'
import { getLog } from '@/lib/runtime/log'

import { internalKey } from './internal-key'

const BATCH = 100
const TIMEOUT_MS = 5_000
/** More are not named one by one: every page of the catalogue has the tag that is always renewed. */
const NAMED_MAX = 1_000

/**
 * Tells the shop which product pages say something else now. The pages are cached inside the shop's process, so it is
 * asked over HTTP, whichever process the worker runs in. A row stays due until the shop has confirmed.
 */
export async function announceCatalogue(db: Database, appUrl: string): Promise<number> {
  const rows = await claimOutbox(db, BATCH)
  if (rows.length === 0) return 0
  const productSlugs = [...new Set(rows.flatMap((row) => row.payload.productSlugs))]
  try {
    const response = await fetch(`${appUrl}/api/internal/revalidate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${internalKey()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ productSlugs: productSlugs.slice(0, NAMED_MAX) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (!response.ok) throw new Error(`the shop answered ${response.status}`)
    await finishOutbox(
      db,
      rows.map((row) => row.id),
    )
  } catch (error) {
    getLog().warn({ cause: String(error) }, 'catalogue pages could not be renewed yet')
  }
  return rows.length
}
