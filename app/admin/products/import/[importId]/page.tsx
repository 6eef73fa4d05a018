import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { ReloadSoon } from '@/components/admin/reload-soon'
import { Notice } from '@/components/ui/notice'
import { PlainLink } from '@/components/ui/plain-link'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getImportDesk, type ImportDesk } from '@/lib/catalogue-csv/import-desk'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../../admin-page'
import { stateName } from '../import-texts'
import { decide } from './actions'
import { ChangingRows, Counts, WrongRows } from './row-parts'

export const instant = false
export const metadata: Metadata = { title: 'Import' }

export default async function ImportDeskPage({
  params,
  searchParams,
}: {
  params: Promise<{ importId: string }>
  searchParams: Asked
}) {
  await connection()
  const { importId } = await params
  const asked = await searchParams
  const path = `/admin/products/import/${encodeURIComponent(importId)}`
  const admin = await requireAdmin('catalogue.edit', path)
  const desk = await getImportDesk(adminDatabase(), admin, importId)
  if (!desk) notFound()
  const { found, counts } = desk
  const isDone = found.state === 'applied' || found.state === 'discarded' || found.state === 'failed'
  const changes = counts.newVariants + counts.changed
  return (
    <AdminPage
      admin={admin}
      here="/admin/products"
      title={found.fileName}
      back={{ href: '/admin/products/import', name: 'Import and export' }}
      aside={<span className="text-ink-soft">{stateName(found.state)}</span>}
    >
      <div className="max-w-5xl space-y-6">
        {found.again && !isDone ? (
          <Notice tone="warning" title={found.again}>
            Nothing was written. What would change now is found out anew; decide again then.
          </Notice>
        ) : null}
        <Progress found={found} path={path} />
        {found.state === 'applied' ? (
          <Notice tone="positive" announce>
            All {found.rows} rows are in the catalogue, and the shop shows them.
          </Notice>
        ) : null}
        {found.state === 'discarded' ? <Notice>It was discarded. Nothing was written.</Notice> : null}
        {found.state === 'failed' ? (
          <Notice tone="danger" title="Nothing was written" announce>
            {found.again}
          </Notice>
        ) : null}
        {found.state === 'checked' ? (
          <Decision
            importId={found.id}
            desk={desk}
            refused={await readRefusedForm('decide', asked['refused'])}
            changes={changes}
          />
        ) : null}
        <Counts counts={counts} />
        <WrongRows rows={desk.wrong} total={counts.wrong} />
        <ChangingRows rows={desk.changing} total={changes} isDone={found.state === 'applied'} />
      </div>
    </AdminPage>
  )
}

function Progress({ found, path }: { found: ImportDesk['found']; path: string }) {
  if (found.state !== 'checking' && found.state !== 'applying') return null
  const done = found.state === 'checking' ? found.checked : found.applied
  const verb = found.state === 'checking' ? 'looked at' : 'written'
  return (
    <div className="desk-panel">
      <p role="status">
        <progress max={found.rows} value={done} aria-label={`Rows ${verb}`} className="desk-progress" />
        <span className="num">
          {done} of {found.rows}
        </span>{' '}
        rows {verb}. You can leave this page; it goes on by itself.
      </p>
      <PlainLink href={path} className="text-link text-xs">
        Look again
      </PlainLink>
      <ReloadSoon ms={1_500} />
    </div>
  )
}

function Decision({
  importId,
  desk: { counts },
  refused,
  changes,
}: {
  importId: string
  desk: ImportDesk
  refused: Awaited<ReturnType<typeof readRefusedForm>>
  changes: number
}) {
  const isReady = counts.wrong === 0 && changes > 0
  return (
    <div className="space-y-4">
      {counts.wrong > 0 ? (
        <Notice tone="danger" title={`${counts.wrong} ${counts.wrong === 1 ? 'row is' : 'rows are'} wrong`}>
          Nothing is written while there are any. Mend the file and send it again.
        </Notice>
      ) : changes === 0 ? (
        <Notice tone="positive">Nothing in this file differs from what is there.</Notice>
      ) : (
        <Notice title="Nothing is written yet">
          This is what would change. All of it is written at once, or none.
        </Notice>
      )}
      <div className="flex flex-wrap gap-3">
        {isReady ? (
          <ActForm
            id="apply"
            action={decide}
            refused={refused}
            hidden={{ importId, decision: 'apply' }}
            fields={[]}
            submit={`Write ${changes} ${changes === 1 ? 'row' : 'rows'}`}
            pending="A moment…"
          />
        ) : null}
        <ActForm
          id="discard"
          action={decide}
          refused={isReady ? null : refused}
          hidden={{ importId, decision: 'discard' }}
          fields={[]}
          submit="Discard it"
          pending="A moment…"
          look="plain"
        />
      </div>
    </div>
  )
}
