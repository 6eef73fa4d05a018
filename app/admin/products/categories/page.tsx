import type { Metadata } from 'next'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { adminDatabase } from '@/lib/admin/admin-services'
import { inTreeOrder } from '@/lib/domain/category-tree'
import { can } from '@/lib/domain/staff'
import { getCategoryDesk } from '@/lib/products/edit-category'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../admin-page'
import { doneText } from '../product-texts'
import { makeCategory } from './actions'
import { CategoryRow, placeOptions } from './category-row'

export const instant = false
export const metadata: Metadata = { title: 'Categories' }

export default async function CategoriesPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('catalogue.read', '/admin/products/categories')
  const tree = await getCategoryDesk(adminDatabase(), admin)
  const refused = (form: string) => readRefusedForm(form, asked['refused'])
  const edits = can(admin.role, 'catalogue.edit')
  return (
    <AdminPage
      admin={admin}
      here="/admin/products"
      title="Categories"
      back={{ href: '/admin/products', name: 'Products' }}
      done={doneText(asked['done'])}
    >
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
        {tree.length === 0 ? (
          <p className="text-ink-soft">There is no category yet.</p>
        ) : (
          <ol className="desk-panel divide-y divide-rule py-1!">
            {inTreeOrder(tree).map(({ row, depth }) => (
              <CategoryRow key={row.id} row={row} depth={depth} tree={tree} edits={edits} refused={refused} />
            ))}
          </ol>
        )}
        {edits ? (
          <Panel id="new" title="New category">
            <ActForm
              id="new-category"
              action={makeCategory}
              refused={await refused('new-category')}
              fields={[
                { kind: 'text', name: 'name', label: 'Name', maxLength: 80 },
                { kind: 'select', name: 'parent', label: 'Below', value: '', options: placeOptions(tree) },
              ]}
              submit="Make the category"
              pending="Making…"
            />
          </Panel>
        ) : null}
      </div>
    </AdminPage>
  )
}
