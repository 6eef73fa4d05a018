import 'server-only'

import { inTransaction, type Database } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { findSlugOwner, insertProduct } from '@/db/queries/product-desk'
import { actorOf, type Admin } from '@/lib/admin/admin'
import { toSlug } from '@/lib/domain/product'

/** A draft that nobody sees but staff. Its address comes from its name; a taken one gets a number behind it. */
export async function createProduct(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  name: string,
): Promise<{ readonly productId: number }> {
  return inTransaction(db, async (tx) => {
    const wanted = toSlug(name) || 'product'
    let slug = wanted
    for (let n = 2; (await findSlugOwner(tx, slug)) !== null; n++) slug = `${wanted}-${n}`
    const { id } = await insertProduct(tx, { slug, name })
    await appendAudit(tx, {
      ...actorOf(admin),
      action: 'product.created',
      subject: `product ${id}`,
      before: null,
      after: { name, address: slug, version: 1 },
    })
    return { productId: id }
  })
}
