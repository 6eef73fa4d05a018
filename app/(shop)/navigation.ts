import { cacheLife, cacheTag } from 'next/cache'

import { CATALOGUE_TAG } from '@/lib/catalog/cache'
import { getNavigation, type Navigation } from '@/lib/catalog/get-navigation'
import { isBuilding } from '@/lib/runtime/env'

/** The frame of a page made while building, which nobody gets to see: there is no database yet to name the shop. */
const WHILE_BUILDING: Navigation = { shopName: 'Shop', tagline: '', categories: [] }

export async function readNavigation(): Promise<Navigation> {
  return isBuilding() ? WHILE_BUILDING : readCachedNavigation()
}

async function readCachedNavigation(): Promise<Navigation> {
  'use cache'
  cacheLife('catalogue')
  cacheTag(CATALOGUE_TAG)
  return getNavigation()
}
