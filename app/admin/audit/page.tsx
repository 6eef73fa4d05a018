import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FilterBar } from '@/components/admin/filter-bar'
import { WideTable } from '@/components/admin/wide-table'
import { Time } from '@/components/admin/time'
import { PlainLink } from '@/components/ui/plain-link'
import { Notice } from '@/components/ui/notice'
import { adminDatabase } from '@/lib/admin/admin-services'
import { AUDIT_PAGE, checkAudit, getAudit } from '@/lib/admin/audit'
import { auditQuery, parseAuditFilter } from '@/lib/domain/audit-filter'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../admin-page'

export const instant = false
export const metadata: Metadata = { title: 'Audit log' }

export default async function AuditPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('audit.read', '/admin/audit')
  const filter = parseAuditFilter(asked)
  const { subject, actorEmail, before } = filter
  const found = await getAudit(adminDatabase(), admin, {
    ...(subject ? { subject } : {}),
    ...(actorEmail ? { actorEmail } : {}),
    ...(before ? { before } : {}),
  })
  const rows = found.slice(0, AUDIT_PAGE)
  const chain = asked['check'] === '1' ? await checkAudit(adminDatabase(), admin) : null
  return (
    <AdminPage
      admin={admin}
      here="/admin/audit"
      title="Audit log"
      aside={
        <PlainLink href="/admin/audit?check=1" className="desk-button">
          Check the whole chain
        </PlainLink>
      }
    >
      {chain ? (
        <div className="mb-5 max-w-3xl">
          {chain.problem === null ? (
            <Notice tone="positive" announce>
              All {chain.entries} entries are as they were written.
            </Notice>
          ) : (
            <Notice tone="danger" title="The log is not as it was written" announce>
              After {chain.entries} good entries: {chain.problem}.
            </Notice>
          )}
        </div>
      ) : null}
      <FilterBar action="/admin/audit">
        <label>
          <span className="mb-1 block text-xs text-ink-soft">About</span>
          <input
            name="subject"
            defaultValue={subject ?? ''}
            placeholder="order 7K4MQ-2XTVH"
            autoComplete="off"
            className="desk-field"
          />
        </label>
        <label>
          <span className="mb-1 block text-xs text-ink-soft">Who</span>
          <input
            name="who"
            defaultValue={actorEmail ?? ''}
            placeholder="E-mail"
            autoComplete="off"
            className="desk-field"
          />
        </label>
      </FilterBar>
      {rows.length === 0 ? (
        <p className="py-10 text-center text-ink-soft">Nothing like that was done.</p>
      ) : (
        <WideTable name="What was done" className="-mx-4 sm:-mx-8 sm:px-5">
          <table className="desk-table">
            <caption className="sr-only">What was done, the newest first</caption>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">What</th>
                <th scope="col">About</th>
                <th scope="col">Before and after</th>
                <th scope="col">From</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>
                    <Time at={row.at} />
                  </td>
                  <td className="max-w-64 break-words">{row.actorEmail}</td>
                  <td className="whitespace-nowrap">{row.action.replaceAll(/[._]/g, ' ')}</td>
                  <td className="num">{row.subject}</td>
                  <td className="max-w-md text-xs break-words text-ink-soft">
                    {[row.before, row.after]
                      .flatMap((value) => (value === null ? [] : [JSON.stringify(value)]))
                      .join(' → ')}
                  </td>
                  <td className="num text-xs">{row.network ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
      {found.length > AUDIT_PAGE ? (
        <p className="mt-5">
          <a href={`/admin/audit?${auditQuery(filter, rows.at(-1)?.id ?? 0)}`} className="desk-button">
            Older
          </a>
        </p>
      ) : null}
    </AdminPage>
  )
}
