import type { Metadata } from 'next'
import { connection } from 'next/server'

import { Panel } from '@/components/admin/panel'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getDiscountChoices } from '@/lib/admin/discounts-desk'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../admin-page'
import { DiscountForm } from '../discount-form'

export const instant = false
export const metadata: Metadata = { title: 'A new discount' }

export default async function NewDiscountPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('discounts.manage', '/admin/discounts/new')
  const choices = await getDiscountChoices(adminDatabase(), admin)
  return (
    <AdminPage
      admin={admin}
      here="/admin/discounts"
      title="A new discount"
      back={{ href: '/admin/discounts', name: 'Discounts' }}
    >
      <div className="max-w-xl">
        <Panel id="discount" title="What it takes off, for whom, and when">
          <DiscountForm {...choices} detail={null} refused={await readRefusedForm('discount', asked['refused'])} />
        </Panel>
      </div>
    </AdminPage>
  )
}
