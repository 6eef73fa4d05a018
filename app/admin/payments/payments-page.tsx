import type { ReactNode } from 'react'

import { Tabs } from '@/components/admin/tabs'
import type { Admin } from '@/lib/admin/admin'

import { AdminPage } from '../admin-page'

const TABS = [
  { href: '/admin/payments', label: 'Incidents' },
  { href: '/admin/payments/disputes', label: 'Disputes' },
  { href: '/admin/payments/webhooks', label: 'Webhooks' },
  { href: '/admin/payments/comparisons', label: 'Comparisons' },
] as const

/** A page about money, with the way to the others. */
export function PaymentsPage({
  admin,
  here,
  done,
  aside,
  children,
}: {
  admin: Admin<'payments.read'>
  here: (typeof TABS)[number]['href']
  done?: string | null
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <AdminPage admin={admin} here="/admin/payments" title="Payments" aside={aside} done={done ?? null}>
      <Tabs name="Payments" here={here} tabs={TABS} />
      {children}
    </AdminPage>
  )
}
