import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { getGuestDesk } from '@/lib/admin/customers/customers'
import { customerPath, parseCustomer } from '@/lib/domain/customer'
import { can } from '@/lib/domain/staff'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../admin-page'
import { AddressesPart, DataPart, NotesPart, OrdersPart } from '../customer-parts'
import { customerDoneText } from '../customer-texts'

export const instant = false
export const metadata: Metadata = { title: 'Guest' }

export default async function GuestPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const customer = parseCustomer({ email: asked['email'] })
  const admin = await requireAdmin('customers.read', customer ? customerPath(customer) : '/admin/customers')
  const desk = customer?.kind === 'guest' ? await getGuestDesk(adminDatabase(), admin, customer.email) : null
  if (customer?.kind !== 'guest' || !desk) notFound()
  return (
    <AdminPage
      admin={admin}
      here="/admin/customers"
      title={customer.email}
      back={{ href: '/admin/customers?kind=guests', name: 'Guests' }}
      done={customerDoneText(asked['done'])}
      aside={
        <a href={`mailto:${customer.email}`} className="desk-button">
          Write a mail
        </a>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="space-y-6">
          <OrdersPart email={customer.email} bought={desk} />
          <AddressesPart title="Where orders went" addresses={desk.addresses} />
        </div>
        <div className="space-y-6">
          <NotesPart
            customer={customer}
            notes={desk.notes}
            refused={await readRefusedForm('note', asked['refused'])}
            edits={can(admin.role, 'customers.edit')}
          />
          <DataPart
            customer={customer}
            exports={can(admin.role, 'customers.export')}
            erases={can(admin.role, 'customers.erase')}
          />
        </div>
      </div>
    </AdminPage>
  )
}
