import type { Metadata } from 'next'
import { connection } from 'next/server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { getToday } from '@/lib/admin/order-desk'
import { getSales } from '@/lib/admin/sales'
import { getSilence } from '@/lib/admin/webhook-inbox'
import { SALES_SPANS } from '@/lib/domain/sales'
import { can } from '@/lib/domain/staff'
import { readAdmin, requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from './admin-page'
import { SilenceAlarm } from './payments/silence-alarm'
import { SalesPart } from './sales-part'
import { TakingsPart } from './takings-part'

export const instant = false
export const metadata: Metadata = { title: 'Today' }

const RATES = '/admin/settings/taxes#exchange-rates'

export default async function TodayPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('desk.open', '/admin')
  const { waiting, lowStock, today, yesterday } = await getToday(adminDatabase(), admin)
  const money = await readAdmin('payments.read')
  const seesMoney = money.kind === 'admin'
  const span = SALES_SPANS.find((each) => String(each) === asked['days']) ?? 30
  const sales = money.kind === 'admin' ? await getSales(adminDatabase(), money.admin, span) : null
  const silent = money.kind === 'admin' ? await getSilence(adminDatabase(), money.admin) : null
  const queues = [
    { n: waiting.toPack, name: 'orders to pack', href: '/admin/orders?state=created&sort=oldest', urgent: false },
    {
      n: waiting.packing,
      name: 'orders being packed',
      href: '/admin/orders?state=processing&sort=oldest',
      urgent: false,
    },
    { n: waiting.returns, name: 'returns to answer or pay back', href: '/admin/returns', urgent: false },
    {
      n: waiting.parcels.n,
      name: 'parcels that PayPal does not know of, the oldest first',
      href: `/admin/orders/${waiting.parcels.orderNumber ?? ''}#parcels`,
      urgent: true,
    },
    { n: waiting.held, name: 'orders held', href: '/admin/orders?held=1', urgent: true },
    {
      n: waiting.disputes,
      name: 'disputes open',
      href: seesMoney ? '/admin/payments/disputes' : '/admin/orders?disputed=1',
      urgent: true,
    },
    ...(seesMoney
      ? [{ n: waiting.incidents, name: 'payment incidents to decide', href: '/admin/payments', urgent: true }]
      : []),
    ...(can(admin.role, 'settings.manage')
      ? [
          { n: waiting.missingRates, name: 'exchange rates to enter', href: RATES, urgent: false },
          { n: waiting.papers.no_rate, name: 'invoices that wait for an exchange rate', href: RATES, urgent: true },
          {
            n: waiting.papers.no_address,
            name: 'invoices that wait for the shop’s address',
            href: '/admin/settings',
            urgent: true,
          },
          {
            n: waiting.papers.failed,
            name: 'invoices and credit notes that could not be given, the oldest first',
            href: `/admin/orders/${waiting.failedPaper ?? ''}#papers`,
            urgent: true,
          },
        ]
      : []),
    { n: lowStock, name: 'variants running low', href: '/admin/stock?show=low', urgent: false },
  ]
  return (
    <AdminPage admin={admin} here="/admin" title="Today">
      <SilenceAlarm since={silent} />
      <section aria-labelledby="waiting">
        <h2 id="waiting" className="mb-3 text-base">
          Waits for a person
        </h2>
        {queues.every(({ n }) => n === 0) ? (
          <p className="text-ink-soft">Nothing. Everything that was bought is on its way.</p>
        ) : (
          <ul className="grid max-w-5xl gap-3 sm:grid-cols-2 xl:grid-cols-3">
            {queues
              .filter(({ n }) => n > 0)
              .map(({ n, name, href, urgent }) => (
                <li key={name}>
                  <a href={href} className="desk-panel flex items-baseline gap-3 hover:border-edge">
                    <span className={`num text-xl font-semibold ${urgent ? 'text-danger' : ''}`}>{n}</span>
                    {name}
                  </a>
                </li>
              ))}
          </ul>
        )}
      </section>
      {seesMoney ? <TakingsPart today={today} yesterday={yesterday} /> : null}
      {sales ? <SalesPart sales={sales} span={span} /> : null}
    </AdminPage>
  )
}
