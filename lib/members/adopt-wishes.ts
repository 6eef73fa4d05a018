import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { addWishes } from '@/db/queries/wish-lists'

/** A guest's wishes join the member's. */
export async function adoptWishes(db: Database, memberId: string, productIds: readonly number[]): Promise<void> {
  if (productIds.length > 0) await inTransaction(db, (tx) => addWishes(tx, memberId, productIds))
}
