import 'server-only'

import type { Database } from '@/db/client'
import { countItems } from '@/lib/domain/cart'
import { MARKED_WISHES_MAX } from '@/lib/domain/member'
import { readCart } from '@/lib/web/current-cart'
import { getCurrentMember } from '@/lib/web/current-member'

import { readWishes } from './wish-list'

/** What catalogue pages show of whoever looks at them. It decides nothing. */
export interface BrowserMarks {
  /** False as well when the session was ended from another device. */
  readonly isMember: boolean
  /** Pieces in the cart. */
  readonly count: number
  /** Ids of products on the wish list, the newest first. */
  readonly wished: readonly number[]
}

export async function readBrowserMarks(db: Database): Promise<BrowserMarks> {
  return {
    isMember: (await getCurrentMember()) !== null,
    count: countItems(await readCart()),
    wished: (await readWishes(db)).slice(0, MARKED_WISHES_MAX),
  }
}
