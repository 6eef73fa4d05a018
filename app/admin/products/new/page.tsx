import type { Metadata } from 'next'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { NAME_MAX } from '@/lib/domain/product'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../admin-page'
import { makeProduct } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'New product' }

export default async function NewProductPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('catalogue.edit', '/admin/products/new')
  return (
    <AdminPage
      admin={admin}
      here="/admin/products"
      title="New product"
      back={{ href: '/admin/products', name: 'Products' }}
    >
      <div className="max-w-lg">
        <ActForm
          id="new-product"
          action={makeProduct}
          refused={await readRefusedForm('new-product', asked['refused'])}
          fields={[
            {
              kind: 'text',
              name: 'name',
              label: 'Name',
              hint: 'It begins as a draft that only staff see. Everything else comes next.',
              maxLength: NAME_MAX,
            },
          ]}
          submit="Make a draft"
          pending="Making…"
        />
      </div>
    </AdminPage>
  )
}
