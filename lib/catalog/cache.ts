/** On every catalogue page; expired when anything in the catalogue changes. */
export const CATALOGUE_TAG = 'catalogue'

/** On a product's page. */
export function productTag(slug: string): string {
  return `product:${slug}`
}

/**
 * The one parameter that exists while building. A static page with parameters needs at least one; this one answers
 * 404 without a look at the database, and every real page is made at its first request.
 */
export const BUILD_PLACEHOLDER = 'build-placeholder'
