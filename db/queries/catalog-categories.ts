import { sql } from 'drizzle-orm'

import type { Picture } from '@/lib/domain/catalog'

import type { Queryable } from '../client'

/** A category as stored, with the number of products on sale in it and below it. */
export interface CategoryRow {
  readonly id: number
  readonly parentId: number | null
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly picture: Picture | null
  readonly productCount: number
}

/** The whole tree as a flat list, in the order in which siblings are shown. */
export async function listCategories(db: Queryable): Promise<CategoryRow[]> {
  const { rows } = await db.execute<CategoryRow & Record<string, unknown>>(sql`
    with recursive below (root_id, id) as (
      select id, id from categories
      union
      select below.root_id, child.id from below join categories child on child.parent_id = below.id
    ),
    on_sale as (
      select below.root_id, count(distinct products.id)::int as product_count
      from below
      join product_categories on product_categories.category_id = below.id
      join products on products.id = product_categories.product_id and products.state = 'active'
      where exists (
        select 1 from variants join stock on stock.variant_id = variants.id
        where variants.product_id = products.id and variants.active
      )
      group by below.root_id
    )
    select
      categories.id, parent_id as "parentId", slug, name, description, picture,
      coalesce(on_sale.product_count, 0) as "productCount"
    from categories left join on_sale on on_sale.root_id = categories.id
    order by position, name, categories.id
  `)
  return rows
}
