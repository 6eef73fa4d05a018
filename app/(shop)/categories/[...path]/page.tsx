import type { Metadata } from 'next'
import { cacheLife, cacheTag } from 'next/cache'

import { categoryHref } from '@/components/catalog/category-href'
import { PageLinks } from '@/components/catalog/page-links'
import { ProductGrid } from '@/components/catalog/product-grid'
import { SortLinks } from '@/components/catalog/sort-links'
import { Trail } from '@/components/catalog/trail'
import { NOT_FOUND_METADATA, NotFoundPage } from '@/components/layout/not-found-page'
import { Container } from '@/components/ui/container'
import { BUILD_PLACEHOLDER, CATALOGUE_TAG } from '@/lib/catalog/cache'
import { getCategoryPage } from '@/lib/catalog/get-category-page'
import { parseCatalogPath } from '@/lib/domain/catalog-path'

import { CategoryLinks } from './category-links'
import { EmptyCategory } from './empty-category'

export const ensureStatic = 'navigation'

export function generateStaticParams() {
  return [{ path: [BUILD_PLACEHOLDER] }]
}

async function readPage(segments: readonly string[]) {
  const at = segments[0] === BUILD_PLACEHOLDER ? null : parseCatalogPath(segments)
  const page = at && (await getCategoryPage(at))
  return page && { at, ...page }
}

export async function generateMetadata({ params }: PageProps<'/categories/[...path]'>): Promise<Metadata> {
  'use cache'
  cacheLife('catalogue')
  cacheTag(CATALOGUE_TAG)
  const found = await readPage((await params).path)
  if (!found) return NOT_FOUND_METADATA
  const { at, category } = found
  return {
    title: at.page > 1 ? `${category.name}, page ${at.page}` : category.name,
    description: category.description,
    // Other orders of the same works are not other pages.
    alternates: { canonical: categoryHref(at.categoryPath, 'new', at.page) },
  }
}

export default async function CategoryPage({ params }: PageProps<'/categories/[...path]'>) {
  'use cache'
  cacheLife('catalogue')
  cacheTag(CATALOGUE_TAG)
  const found = await readPage((await params).path)
  if (!found) return <NotFoundPage />
  const { at, category, above, children, siblings, products, pageCount } = found
  return (
    <Container>
      <Trail categories={above} />
      <header className="category-head">
        <h1 className="text-2xl">{category.name}</h1>
        {category.description ? <p>{category.description}</p> : null}
      </header>
      <CategoryLinks category={category} above={above} choices={children.length > 0 ? children : siblings} />
      {products.length > 0 ? (
        <>
          <div className="list-head">
            <p className="num">{category.productCount === 1 ? '1 work' : `${category.productCount} works`}</p>
            <SortLinks path={category.path} current={at.sort} />
          </div>
          <ProductGrid products={products} heading="h2" />
          <PageLinks at={at} pageCount={pageCount} />
        </>
      ) : (
        <EmptyCategory elsewhere={above.at(-1) ?? null} />
      )}
    </Container>
  )
}
