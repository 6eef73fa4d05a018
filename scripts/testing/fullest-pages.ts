import pg from 'pg'

/**
 * The catalogue pages that have most to load: home, the category with most works in it and below it, the same in another order, and
 * the product with most variants. The first links of the home page would be as light as the demonstration happens to be there.
 */
export async function findFullestPages(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    const category = await onlyAddress(client, FULLEST_CATEGORY)
    const product = await onlyAddress(client, PRODUCT_WITH_MOST_VARIANTS)
    return ['/', category, `${category}/sort/price-low`, product]
  } finally {
    await client.end()
  }
}

async function onlyAddress(client: pg.Client, query: string): Promise<string> {
  const { rows } = await client.query<{ address: string }>(query)
  if (!rows[0]) throw new Error('The shop has nothing to sell')
  return rows[0].address
}

/** Each category's address, and all that is above it. */
const FULLEST_CATEGORY = `
  with recursive tree (id, address, roots) as (
    select id, '/categories/' || slug, array[id] from categories where parent_id is null
    union all
    select child.id, tree.address || '/' || child.slug, tree.roots || child.id
    from tree join categories child on child.parent_id = tree.id
  )
  select above.address
  from tree above
    join tree below on above.id = any (below.roots)
    join product_categories of_it on of_it.category_id = below.id
    join products on products.id = of_it.product_id and products.state = 'active'
  group by above.id, above.address
  order by count(distinct products.id) desc, above.id limit 1`

const PRODUCT_WITH_MOST_VARIANTS = `
  select '/products/' || products.slug as address
  from products join variants on variants.product_id = products.id and variants.active
  where products.state = 'active'
  group by products.id
  order by count(*) desc, products.id limit 1`
