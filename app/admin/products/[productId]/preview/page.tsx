import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { addChosenToCart } from '@/app/(shop)/products/[slug]/actions'
import { ProductNotes } from '@/app/(shop)/products/[slug]/product-notes'
import { productStateName } from '@/components/admin/product-state'
import { toBuyable } from '@/components/catalog/buyable'
import { ProductStage } from '@/components/catalog/product-stage'
import { Container } from '@/components/ui/container'
import { Notice } from '@/components/ui/notice'
import { PlainLink } from '@/components/ui/plain-link'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getPreview } from '@/lib/products/product-desk'
import { requireAdmin } from '@/lib/web/current-admin'

export const instant = false
export const metadata: Metadata = { title: 'Preview' }

/** A product as the shop would show it. What is not on sale cannot be put in a cart from here either: the cart asks for itself. */
export default async function PreviewPage({ params }: { params: Promise<{ productId: string }> }) {
  await connection()
  const { productId } = await params
  const path = `/admin/products/${encodeURIComponent(productId)}`
  const admin = await requireAdmin('catalogue.read', `${path}/preview`)
  const found = await getPreview(adminDatabase(), admin, productId)
  if (!found) notFound()
  const { row, view } = found
  return (
    <div className="shop">
      <main id="main">
        <Container>
          <div className="py-4">
            <Notice title={`Preview: ${productStateName(row.state)}`}>
              Only staff see this page.{' '}
              <PlainLink href={path} className="text-link">
                Back to the product
              </PlainLink>
            </Notice>
          </div>
          {view ? (
            <ProductStage
              product={toBuyable(view)}
              pictures={view.pictures}
              action={addChosenToCart}
              heading={
                <header>
                  <h1 className="text-2xl">{view.name}</h1>
                  <p className="mt-2 text-base text-ink-soft">{view.subtitle}</p>
                </header>
              }
              notes={<ProductNotes product={view} />}
            />
          ) : (
            <div className="max-w-prose">
              <h1 className="text-2xl">{row.name}</h1>
              <p className="mt-4 text-ink-soft">There is nothing to buy yet: it has no variant that is on sale.</p>
            </div>
          )}
        </Container>
      </main>
    </div>
  )
}
