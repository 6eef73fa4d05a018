import type { Metadata } from 'next'
import { connection } from 'next/server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { findAnything } from '@/lib/admin/find-anything'
import { placesOf } from '@/lib/domain/admin-shortcuts'
import { oneLine } from '@/lib/domain/one-line'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../admin-page'

export const instant = false
export const metadata: Metadata = { title: 'Find' }

/** What the command palette does, for browsers without scripts. */
export default async function FindPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = (await searchParams)['q']
  const typed = typeof asked === 'string' ? oneLine(asked).slice(0, 200) : ''
  const admin = await requireAdmin('desk.open', `/admin/find${typed ? `?q=${encodeURIComponent(typed)}` : ''}`)
  const groups = await findAnything(adminDatabase(), admin, typed)
  const places = placesOf(admin.role).filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase()))
  return (
    <AdminPage admin={admin} here={null} title="Find">
      <form method="get" action="/admin/find" className="mb-6 flex max-w-xl flex-wrap items-end gap-3">
        <label className="min-w-0 flex-1 basis-60">
          <span className="mb-1 block text-xs text-ink-soft">A page, an order’s number, a customer or a product</span>
          <input type="search" name="q" defaultValue={typed} maxLength={200} className="desk-field w-full" />
        </label>
        <button type="submit" className="desk-button" data-look="primary">
          Find
        </button>
      </form>
      {groups.length + places.length === 0 ? <p className="text-ink-soft">Nothing is called like that.</p> : null}
      <div className="space-y-6">
        {groups.map(({ name, found }) => (
          <FoundList key={name} name={name} found={found} />
        ))}
        <FoundList name="Pages" found={places.map(({ path, name }) => ({ href: path, name, detail: '' }))} />
      </div>
    </AdminPage>
  )
}

function FoundList({
  name,
  found,
}: {
  name: string
  found: readonly { readonly href: string; readonly name: string; readonly detail: string }[]
}) {
  if (found.length === 0) return null
  return (
    <section aria-label={name}>
      <h2 className="mb-2 text-base">{name}</h2>
      <ul className="max-w-xl">
        {found.map((each) => (
          <li key={each.href} className="border-b border-rule">
            <a href={each.href} className="flex min-h-11 items-center justify-between gap-4 hover:underline">
              {each.name}
              <span className="truncate text-xs text-ink-soft">{each.detail}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
