import 'server-only'

import type { Database } from '@/db/client'
import { findSlugOwner } from '@/db/queries/product-desk'
import type { Admin } from '@/lib/admin/admin'
import type { Detail } from '@/lib/domain/product'
import { writeDetails } from '@/lib/domain/product'

import { actOnProduct, type ProductAct, type ProductOutcome } from './act-on-product'

/** What it is called, and where it is. A new address leaves the old one behind, which leads on to it. */
export async function editNames(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { name, subtitle, slug, ...act }: ProductAct & { name: string; subtitle: string; slug: string },
): Promise<ProductOutcome> {
  return actOnProduct(db, admin, act, async (tx, product) => {
    const owner = await findSlugOwner(tx, slug)
    if (owner && !owner.isFormer && owner.productId !== product.id) {
      return { kind: 'invalid', errors: { slug: 'Another product has this address.' } }
    }
    return {
      kind: 'change',
      action: 'product.changed',
      before: { name: product.name, subtitle: product.subtitle, address: product.slug },
      after: { name, subtitle, address: slug },
      values: { name, subtitle, slug },
    }
  })
}

export async function editDescription(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { description, details, ...act }: ProductAct & { description: string; details: Detail[] },
): Promise<ProductOutcome> {
  return actOnProduct(db, admin, act, async (_tx, product) => ({
    kind: 'change',
    action: 'product.changed',
    before: { description: product.description, details: writeDetails(product.details) },
    after: { description, details: writeDetails(details) },
    values: { description, details },
  }))
}
