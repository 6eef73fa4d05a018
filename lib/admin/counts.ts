import 'server-only'

import type { Database } from '@/db/client'
import { countWaiting } from '@/db/queries/order-desk'
import { countReturns } from '@/db/queries/returns'
import type { AdminPlace } from '@/lib/domain/admin-pages'
import { RETURN_STATES, waitsForStaff } from '@/lib/domain/return'

import type { Admin } from './admin'

/** What waits at each place of the navigation. */
export async function getCounts(db: Database, _admin: Admin): Promise<Partial<Record<AdminPlace, number>>> {
  const { toPack, incidents } = await countWaiting(db)
  const returns = await countReturns(db, RETURN_STATES.filter(waitsForStaff))
  return { '/admin/orders': toPack, '/admin/returns': returns, '/admin/payments': incidents }
}
