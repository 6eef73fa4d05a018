import 'server-only'

import { updateTag } from 'next/cache'

import { CATALOGUE_TAG, productTag } from '@/lib/catalog/cache'

/**
 * Expires the shop's pages in an action that has changed the catalogue, so that whoever changed it sees it at once. The verb has
 * queued the same for the worker, in case this process ends before it gets here.
 */
export function renewCatalogue(productSlugs: readonly string[]): void {
  for (const slug of productSlugs) updateTag(productTag(slug))
  updateTag(CATALOGUE_TAG)
}
