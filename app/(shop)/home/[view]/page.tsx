import type { Metadata } from 'next'
import { cacheLife, cacheTag } from 'next/cache'

import { CategoryTiles } from '@/components/catalog/category-tiles'
import { ProductGrid } from '@/components/catalog/product-grid'
import { NotFoundPage } from '@/components/layout/not-found-page'
import { Container } from '@/components/ui/container'
import { SectionHeading } from '@/components/ui/heading'
import { BUILD_PLACEHOLDER, CATALOGUE_TAG } from '@/lib/catalog/cache'
import { getHome } from '@/lib/catalog/get-home'

import { CloseUp } from './close-up'
import { Opening } from './opening'

export const ensureStatic = 'navigation'

export const metadata: Metadata = { alternates: { canonical: '/' } }

export function generateStaticParams() {
  return [{ view: BUILD_PLACEHOLDER }]
}

/** Shown at `/`; the parameter only makes it static on demand (see the rewrites in next.config.ts). */
export default async function HomePage({ params }: PageProps<'/home/[view]'>) {
  'use cache'
  cacheLife('catalogue')
  cacheTag(CATALOGUE_TAG)
  if ((await params).view !== 'now') return <NotFoundPage />
  const { tagline, hero, heroProduct, newWorks, categories, closeUp } = await getHome()
  return (
    <>
      <Opening tagline={tagline} hero={hero} product={heroProduct} firstCategory={categories[0] ?? null} />
      <Container>
        {newWorks.length > 0 ? (
          <section aria-labelledby="new-works" className="pt-16 sm:pt-24">
            <SectionHeading id="new-works">New works</SectionHeading>
            <ProductGrid products={newWorks} />
          </section>
        ) : null}
        {categories.length > 0 ? (
          <section aria-labelledby="categories" className="pt-16 sm:pt-24">
            <SectionHeading id="categories">Everything on the shelves</SectionHeading>
            <CategoryTiles categories={categories} />
          </section>
        ) : null}
        {closeUp ? <CloseUp product={closeUp} /> : null}
      </Container>
    </>
  )
}
