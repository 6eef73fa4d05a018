import 'server-only'

import { getDatabase, type Database } from '@/db/client'
import { listAudit } from '@/db/queries/audit-log'
import { viewProduct } from '@/db/queries/catalog-product'
import { listCategoryRows } from '@/db/queries/category-desk'
import { listOpenPriceChanges } from '@/db/queries/price-changes'
import {
  findProductRow,
  listCategoriesOf,
  listImageRows,
  listOptionRows,
  listVariantRows,
  type ProductRow,
} from '@/db/queries/product-desk'
import { listProductsForStaff, type ListedProduct } from '@/db/queries/product-list'
import { requireShopSettings } from '@/db/queries/shop'
import type { Admin } from '@/lib/admin/admin'
import type { ProductView } from '@/lib/domain/catalog'
import type { Currency } from '@/lib/domain/money'
import type { ProductCursor, ProductFilter } from '@/lib/domain/product-filter'

export const PRODUCTS_SHOWN = 50
const CHANGES_SHOWN = 10

/** A page of the list and where the next one begins; null after the last. */
export async function getProductPageForStaff(
  db: Database,
  _admin: Admin<'catalogue.read'>,
  filter: ProductFilter,
  after: ProductCursor | null,
): Promise<{ readonly products: readonly ListedProduct[]; readonly next: ProductCursor | null }> {
  const found = await listProductsForStaff(db, filter, { after, limit: PRODUCTS_SHOWN + 1 })
  const products = found.slice(0, PRODUCTS_SHOWN)
  const last = products.at(-1)
  const next = found.length > PRODUCTS_SHOWN && last ? { id: last.id, name: last.sortName } : null
  return { products, next }
}

/** Whether there is a product of this id. What is in it is asked for by `getProductDesk`. */
export async function isProductId(typed: string): Promise<boolean> {
  const id = parseProductId(typed)
  return id !== null && (await findProductRow(getDatabase(), id)) !== null
}

export function parseProductId(typed: string): number | null {
  return /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : null
}

/** Everything that staff know of a product; null when there is none. */
export async function getProductDesk(db: Database, _admin: Admin<'catalogue.read'>, typed: string) {
  const id = parseProductId(typed)
  const product = id === null ? null : await findProductRow(db, id)
  if (!product) return null
  const [shop, tree, categories, options, variants, images, prices, changes] = await Promise.all([
    requireShopSettings(db),
    listCategoryRows(db),
    listCategoriesOf(db, product.id),
    listOptionRows(db, product.id),
    listVariantRows(db, product.id),
    listImageRows(db, product.id),
    listOpenPriceChanges(db, product.id),
    listAudit(db, { subject: `product ${product.id}` }, CHANGES_SHOWN),
  ])
  return { product, currency: shop.currency, tree, categories, options, variants, images, prices, changes }
}

export type ProductDesk = NonNullable<Awaited<ReturnType<typeof getProductDesk>>>

/** A product as the shop would show it, whatever its state; null when there is none, or nothing of it could be bought. */
export async function getPreview(
  db: Database,
  _admin: Admin<'catalogue.read'>,
  typed: string,
): Promise<{ readonly row: ProductRow; readonly view: ProductView | null } | null> {
  const id = parseProductId(typed)
  const row = id === null ? null : await findProductRow(db, id)
  return row && { row, view: await viewProduct(db, row) }
}

/** In which prices are typed. */
export async function getShopCurrency(
  db: Database,
  _admin: Admin<'catalogue.read' | 'catalogue.edit'>,
): Promise<Currency> {
  return (await requireShopSettings(db)).currency
}
