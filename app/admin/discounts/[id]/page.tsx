import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { Panel } from '@/components/admin/panel'
import { PlainLink } from '@/components/ui/plain-link'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getDiscount, getDiscountChoices, parseDiscountId } from '@/lib/admin/discounts-desk'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../admin-page'
import { DiscountForm } from '../discount-form'
import { doneText } from '../discount-texts'

export const instant = false
export const metadata: Metadata = { title: 'Discount' }

export default async function DiscountPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: Asked
}) {
  await connection()
  const asked = await searchParams
  const { id } = await params
  const admin = await requireAdmin('discounts.manage', `/admin/discounts/${encodeURIComponent(id)}`)
  const discountId = parseDiscountId(id)
  const detail = discountId === null ? null : await getDiscount(adminDatabase(), admin, discountId)
  if (!detail) notFound()
  const choices = await getDiscountChoices(adminDatabase(), admin)
  return (
    <AdminPage
      admin={admin}
      here="/admin/discounts"
      title={detail.discount.code ?? detail.discount.label}
      back={{ href: '/admin/discounts', name: 'Discounts' }}
      done={doneText(asked['done'])}
      aside={
        <PlainLink href={`/admin/audit?subject=${encodeURIComponent(`discount ${id}`)}`} className="desk-button">
          Who changed it
        </PlainLink>
      }
    >
      <div className="max-w-xl">
        <Panel id="discount" title="What it takes off, for whom, and when">
          <DiscountForm {...choices} detail={detail} refused={await readRefusedForm('discount', asked['refused'])} />
        </Panel>
      </div>
    </AdminPage>
  )
}
