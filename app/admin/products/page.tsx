import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FilterBar, FilterChoice } from '@/components/admin/filter-bar'
import { NothingListed } from '@/components/admin/nothing-listed'
import { Pager } from '@/components/admin/pager'
import { SearchField } from '@/components/admin/search-field'
import { ProductStateMark, productStateName } from '@/components/admin/product-state'
import { WideTable } from '@/components/admin/wide-table'
import { pictureAddress } from '@/components/ui/picture-address'
import { PlainLink } from '@/components/ui/plain-link'
import { adminDatabase } from '@/lib/admin/admin-services'
import { formatMoney } from '@/lib/domain/money'
import { inTreeOrder } from '@/lib/domain/category-tree'
import { PRODUCT_STATES } from '@/lib/domain/product'
import { parseProductCursor, parseProductFilter, productQuery, type ProductFilter } from '@/lib/domain/product-filter'
import { can } from '@/lib/domain/staff'
import { getCategoryDesk } from '@/lib/products/edit-category'
import { getProductPageForStaff, PRODUCTS_SHOWN } from '@/lib/products/product-desk'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../admin-page'

export const instant = false
export const metadata: Metadata = { title: 'Products' }

type Categories = Awaited<ReturnType<typeof getCategoryDesk>>
type Listed = Awaited<ReturnType<typeof getProductPageForStaff>>['products'][number]

export default async function ProductsPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const filter = parseProductFilter(asked)
  const query = productQuery(filter)
  const admin = await requireAdmin('catalogue.read', `/admin/products${query ? `?${query}` : ''}`)
  const after = parseProductCursor(asked['after'])
  const db = adminDatabase()
  const [{ products, next }, categories] = await Promise.all([
    getProductPageForStaff(db, admin, filter, after),
    getCategoryDesk(db, admin),
  ])
  return (
    <AdminPage
      admin={admin}
      here="/admin/products"
      title="Products"
      aside={
        <span className="flex flex-wrap gap-3">
          <PlainLink href="/admin/products/categories" className="desk-button">
            Categories
          </PlainLink>
          {can(admin.role, 'catalogue.edit') ? (
            <>
              <PlainLink href="/admin/products/import" className="desk-button">
                Import and export
              </PlainLink>
              <PlainLink href="/admin/products/new" className="desk-button" data-look="primary">
                New product
              </PlainLink>
            </>
          ) : null}
        </span>
      }
    >
      <Filters filter={filter} categories={categories} />
      {products.length === 0 ? (
        <NothingListed
          why={after ? 'That was all.' : query ? 'No product is like that.' : 'There is no product yet.'}
          all={query ? { href: '/admin/products', name: 'Show all products' } : null}
        />
      ) : (
        <ProductTable products={products} />
      )}
      <Pager
        first={after ? `/admin/products${query ? `?${query}` : ''}` : null}
        next={next ? `/admin/products?${productQuery(filter, next)}` : null}
        size={PRODUCTS_SHOWN}
      />
    </AdminPage>
  )
}

function ProductTable({ products }: { products: readonly Listed[] }) {
  return (
    <WideTable name="Products" className="-mx-4 sm:-mx-8 sm:px-5">
      <table className="desk-table">
        <caption className="sr-only">Products</caption>
        <thead>
          <tr>
            <th scope="col">Product</th>
            <th scope="col">State</th>
            <th scope="col" className="end">
              Variants
            </th>
            <th scope="col" className="end">
              Price
            </th>
            <th scope="col" className="end">
              In stock
            </th>
          </tr>
        </thead>
        <tbody>
          {products.map((product) => (
            <tr key={product.id} className="desk-row">
              <td className="min-w-56">
                <span className="flex items-center gap-3">
                  <Thumb product={product} />
                  <span className="min-w-0">
                    <a
                      href={`/admin/products/${product.id}`}
                      className="desk-row-link block max-w-sm truncate font-medium hover:underline"
                    >
                      {product.name}
                    </a>
                    <span className="block max-w-sm truncate text-xs text-ink-soft">
                      {product.subtitle || `/products/${product.slug}`}
                    </span>
                  </span>
                </span>
              </td>
              <td>
                <ProductStateMark state={product.state} />
              </td>
              <td className="end num">{product.variants}</td>
              <td className="end num whitespace-nowrap">
                {product.fromPrice ? (
                  <>
                    {product.priceVaries ? <span className="text-ink-soft">from </span> : null}
                    {formatMoney(product.fromPrice)}
                  </>
                ) : (
                  '–'
                )}
              </td>
              <td className="end num whitespace-nowrap">
                {product.free}
                <StockNote soldOut={product.soldOut} low={product.low} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  )
}

function Thumb({ product: { picture } }: { product: Listed }) {
  if (!picture) return <span aria-hidden="true" className="desk-thumb" />
  return (
    <img
      src={pictureAddress(picture, Math.min(...picture.widths))}
      width={picture.width}
      height={picture.height}
      alt=""
      loading="lazy"
      className="desk-thumb"
    />
  )
}

function StockNote({ soldOut, low }: { soldOut: number; low: number }) {
  if (soldOut === 0 && low === 0) return null
  const said = [...(soldOut > 0 ? [`${soldOut} sold out`] : []), ...(low > 0 ? [`${low} low`] : [])]
  return <span className={`block text-xs ${soldOut > 0 ? 'text-danger' : 'text-warning'}`}>{said.join(', ')}</span>
}

function Filters({ filter, categories }: { filter: ProductFilter; categories: Categories }) {
  return (
    <FilterBar action="/admin/products">
      <SearchField label="Name, address or SKU" value={filter.search} maxLength={100} className="basis-64" />
      <FilterChoice name="state" label="State" value={filter.state ?? ''}>
        {PRODUCT_STATES.map((state) => (
          <option key={state} value={state}>
            {productStateName(state)}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="category" label="Category" value={filter.categoryId ? String(filter.categoryId) : ''}>
        {inTreeOrder(categories).map(({ row, depth }) => (
          <option key={row.id} value={row.id}>
            {`${'\u2003'.repeat(depth - 1)}${row.name}`}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="stock" label="Stock" value={filter.stock ?? ''}>
        <option value="out">Sold out</option>
        <option value="low">Running low</option>
      </FilterChoice>
    </FilterBar>
  )
}
