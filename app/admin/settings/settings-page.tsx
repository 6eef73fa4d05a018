import type { ReactNode } from 'react'

import { Tabs } from '@/components/admin/tabs'
import type { Admin } from '@/lib/admin/admin'

import { AdminPage } from '../admin-page'
import { settingsDoneText } from './settings-texts'

const TABS = [
  { href: '/admin/settings', label: 'Shop' },
  { href: '/admin/settings/delivery', label: 'Delivery' },
  { href: '/admin/settings/taxes', label: 'Taxes' },
  { href: '/admin/settings/mail', label: 'Mail' },
  { href: '/admin/settings/paypal', label: 'PayPal' },
] as const

/** A page of the settings, with the way to the others. */
export function SettingsPage({
  admin,
  here,
  done,
  aside,
  children,
}: {
  admin: Admin<'settings.manage'>
  here: (typeof TABS)[number]['href']
  done?: unknown
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <AdminPage admin={admin} here="/admin/settings" title="Settings" aside={aside} done={settingsDoneText(done)}>
      <Tabs name="Settings" here={here} tabs={TABS} />
      {children}
    </AdminPage>
  )
}
