import type { Metadata } from 'next'
import { cacheLife, cacheTag } from 'next/cache'
import { permanentRedirect } from 'next/navigation'

import { toBuyable } from '@/components/catalog/buyable'
import { ProductGrid } from '@/components/catalog/product-grid'
import { ProductStage } from '@/components/catalog/product-stage'
import { Trail } from '@/components/catalog/trail'
import { WishForm } from '@/components/members/wish-form'
import { NOT_FOUND_METADATA, NotFoundPage } from '@/components/layout/not-found-page'
import { Container } from '@/components/ui/container'
import { SectionHeading } from '@/components/ui/heading'
import { BUILD_PLACEHOLDER, CATALOGUE_TAG, productTag } from '@/lib/catalog/cache'
import { getMovedProduct, getProductPage } from '@/lib/catalog/get-product-page'

import { addToWishList } from '../../../(member)/wish-list/actions'
import { addChosenToCart } from './actions'
import { ProductNotes } from './product-notes'

export const ensureStatic = 'navigation'

export function generateStaticParams() {
  return [{ slug: BUILD_PLACEHOLDER }]
}

export async function generateMetadata({ params }: PageProps<'/products/[slug]'>): Promise<Metadata> {
  'use cache'
  const { slug } = await params
  cacheLife('catalogue')
  cacheTag(CATALOGUE_TAG, productTag(slug))
  const found = slug === BUILD_PLACEHOLDER ? null : await getProductPage(slug)
  if (!found) return NOT_FOUND_METADATA
  const { name, subtitle, description } = found.product
  return {
    title: name,
    description: subtitle || description.slice(0, 160),
    alternates: { canonical: `/products/${slug}` },
  }
}

export default async function ProductPage({ params }: PageProps<'/products/[slug]'>) {
  'use cache'
  const { slug } = await params
  cacheLife('catalogue')
  cacheTag(CATALOGUE_TAG, productTag(slug))
  const found = slug === BUILD_PLACEHOLDER ? null : await getProductPage(slug)
  if (!found) {
    const movedTo = slug === BUILD_PLACEHOLDER ? null : await getMovedProduct(slug)
    if (movedTo) permanentRedirect(`/products/${movedTo}`)
    return <NotFoundPage />
  }
  const { product, trail, related } = found
  return (
    <Container>
      <Trail categories={trail} />
      <ProductStage
        key={slug}
        product={toBuyable(product)}
        pictures={product.pictures}
        action={addChosenToCart}
        heading={
          <header>
            <h1 className="text-2xl">{product.name}</h1>
            <p className="mt-2 text-base text-ink-soft">{product.subtitle}</p>
          </header>
        }
        notes={
          <>
            <WishForm product={slug} productId={product.productId} action={addToWishList} />
            <ProductNotes product={product} />
          </>
        }
      />
      {related.length > 0 ? (
        <section aria-labelledby="related" className="pt-16 sm:pt-24">
          <SectionHeading id="related">Hangs well beside</SectionHeading>
          <ProductGrid products={related} />
        </section>
      ) : null}
    </Container>
  )
}
