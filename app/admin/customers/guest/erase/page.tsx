import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { getErasable } from '@/lib/admin/customers/erase-customer'
import { customerPath, erasurePath, parseCustomer } from '@/lib/domain/customer'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../../admin-page'
import { EraseForm } from '../../erase-form'

export const instant = false
export const metadata: Metadata = { title: 'Forget a guest' }

export default async function EraseGuestPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const customer = parseCustomer({ email: asked['email'] })
  const admin = await requireAdmin('customers.erase', customer ? erasurePath(customer) : '/admin/customers')
  const found = customer ? await getErasable(adminDatabase(), admin, customer) : null
  if (!customer || !found) notFound()
  return (
    <AdminPage
      admin={admin}
      here="/admin/customers"
      title="Forget a guest"
      back={{ href: customerPath(customer), name: found.email }}
    >
      <EraseForm customer={customer} {...found} refused={await readRefusedForm('forget', asked['refused'])} />
    </AdminPage>
  )
}
