import 'server-only'

import { getDatabase } from '@/db/client'
import { requireShopSettings } from '@/db/queries/shop'
import { getLog } from '@/lib/runtime/log'

/** True when the database answers and the shop has been set up. The cause of a no is for the log, not for the public. */
export async function checkReadiness(): Promise<boolean> {
  try {
    await requireShopSettings(getDatabase())
    return true
  } catch (error) {
    getLog().warn({ cause: String(error) }, 'not ready')
    return false
  }
}
