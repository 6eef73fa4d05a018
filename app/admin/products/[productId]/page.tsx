import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { ProductStateMark } from '@/components/admin/product-state'
import { PlainLink } from '@/components/ui/plain-link'
import { adminDatabase } from '@/lib/admin/admin-services'
import { can } from '@/lib/domain/staff'
import { getProductDesk } from '@/lib/products/product-desk'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../admin-page'
import { doneText } from '../product-texts'
import { ChangesPart } from './changes-part'
import { OptionsPart } from './options-part'
import { PicturesPart } from './pictures-part'
import { PlacePart } from './place-part'
import { PricesPart } from './prices-part'
import { ProductFacts } from './product-facts'
import { VariantsPart } from './variants-part'
import { DescriptionPart, NamesPart } from './words-parts'

export const instant = false
export const metadata: Metadata = { title: 'Product' }

export default async function ProductDeskPage({
  params,
  searchParams,
}: {
  params: Promise<{ productId: string }>
  searchParams: Asked
}) {
  await connection()
  const { productId } = await params
  const asked = await searchParams
  const path = `/admin/products/${encodeURIComponent(productId)}`
  const admin = await requireAdmin('catalogue.read', path)
  const desk = await getProductDesk(adminDatabase(), admin, productId)
  if (!desk) notFound()
  const { product } = desk
  const part = {
    desk,
    hidden: { productId: String(product.id), seenVersion: String(product.version) },
    refused: (form: string) => readRefusedForm(form, asked['refused']),
  }
  return (
    <AdminPage
      admin={admin}
      here="/admin/products"
      title={product.name}
      back={{ href: '/admin/products', name: 'Products' }}
      done={doneText(asked['done'])}
      aside={
        <span className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <ProductStateMark state={product.state} />
          <PlainLink href={`${path}/preview`} className="desk-button">
            Preview
          </PlainLink>
          {product.state === 'active' ? (
            <PlainLink href={`/products/${product.slug}`} className="desk-button">
              See it in the shop
            </PlainLink>
          ) : null}
        </span>
      }
    >
      {can(admin.role, 'catalogue.edit') ? (
        <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="min-w-0 space-y-6">
            <NamesPart {...part} />
            <VariantsPart {...part} />
            <PricesPart {...part} />
            <OptionsPart {...part} />
            <PicturesPart {...part} />
            <DescriptionPart {...part} />
          </div>
          <div className="min-w-0 space-y-6">
            <PlacePart {...part} />
            <ChangesPart desk={desk} />
          </div>
        </div>
      ) : (
        <ProductFacts desk={desk} />
      )}
    </AdminPage>
  )
}
