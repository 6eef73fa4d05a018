import type { Picture } from '@/lib/domain/catalog'

import type { Queryable } from '../client'
import { shopSettings } from '../schema/shop'

/** What a visitor sees of the shop itself. */
export interface ShopFront {
  readonly name: string
  readonly tagline: string
  readonly hero: Picture | null
}

/** @throws Error when the shop has not been set up (`npm run db:seed`). */
export async function requireShopFront(db: Queryable): Promise<ShopFront> {
  const [row] = await db
    .select({ name: shopSettings.name, tagline: shopSettings.tagline, hero: shopSettings.hero })
    .from(shopSettings)
  if (!row) throw new Error('the shop has no settings yet: run npm run db:seed')
  return row
}
