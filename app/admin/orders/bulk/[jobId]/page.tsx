import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { RefreshWhile } from '@/components/admin/refresh-while'
import { WideTable } from '@/components/admin/wide-table'
import { Notice } from '@/components/ui/notice'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getJob } from '@/lib/bulk/job-desk'
import { FILE_PERMISSIONS, isFileKind, type BulkKind, type BulkRowState, type FileKind } from '@/lib/domain/bulk'
import { can } from '@/lib/domain/staff'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../../admin-page'
import { startPrepared } from '../actions'
import { KIND_NAMES, progressText, rowStateName } from '../bulk-texts'

export const instant = false
export const metadata: Metadata = { title: 'Many orders' }

type Job = NonNullable<Awaited<ReturnType<typeof getJob>>>

export default async function JobPage({
  params,
  searchParams,
}: {
  params: Promise<{ jobId: string }>
  searchParams: Asked
}) {
  await connection()
  const { jobId } = await params
  const asked = await searchParams
  const path = `/admin/orders/bulk/${encodeURIComponent(jobId)}`
  const admin = await requireAdmin('orders.fulfil', path)
  const found = await getJob(adminDatabase(), admin, jobId)
  if (!found) notFound()
  const { job, rows } = found
  const counts = countOf(rows)
  return (
    <AdminPage
      admin={admin}
      here="/admin/orders"
      title={KIND_NAMES[job.kind]}
      back={{ href: '/admin/orders/bulk', name: 'Many orders' }}
    >
      <div className="mb-6 max-w-3xl space-y-4">
        {job.startedAt === null ? (
          <Prepared
            found={found}
            counts={counts}
            isOwn={job.memberId === admin.memberId}
            refused={await readRefusedForm('start', asked['refused'])}
          />
        ) : (
          <Progress kind={job.kind} counts={counts} isOver={job.finishedAt !== null} path={path} />
        )}
        {isFileKind(job.kind) && job.finishedAt !== null && can(admin.role, FILE_PERMISSIONS[job.kind]) ? (
          <FileForm kind={job.kind} orders={counts.done} path={path} />
        ) : null}
      </div>
      <Rows found={found} />
    </AdminPage>
  )
}

type Counts = Readonly<Record<BulkRowState, number>>

function countOf(rows: Job['rows']): Counts {
  const of = (state: BulkRowState) => rows.filter((row) => row.state === state).length
  return { wrong: of('wrong'), ready: of('ready'), done: of('done'), failed: of('failed') }
}

function Prepared({
  found: { job },
  counts,
  isOwn,
  refused,
}: {
  found: Job
  counts: Counts
  isOwn: boolean
  refused: Awaited<ReturnType<typeof readRefusedForm>>
}) {
  const orders = `${counts.ready} ${counts.ready === 1 ? 'order' : 'orders'}`
  return (
    <>
      {counts.wrong > 0 ? (
        <Notice tone="warning" title={`${counts.wrong} of ${counts.wrong + counts.ready} rows are left out`}>
          Why stands beside each. Put them right and check the list again, or go on without them.
        </Notice>
      ) : (
        <p>Every row is all right. Nothing is done yet.</p>
      )}
      {counts.ready > 0 && isOwn ? (
        <ActForm
          id="start"
          action={startPrepared}
          refused={refused}
          hidden={{ jobId: job.id }}
          fields={[]}
          submit={job.kind === 'start' ? `Start packing ${orders}` : `Mark ${orders} shipped`}
          pending="Starting…"
        />
      ) : null}
    </>
  )
}

function Progress({ kind, counts, isOver, path }: { kind: BulkKind; counts: Counts; isOver: boolean; path: string }) {
  const { done, failed } = counts
  const all = done + failed + counts.ready
  const over = done + failed
  const text = progressText(kind, { done, failed, all })
  return (
    <>
      <p role="status" className="num text-base font-medium">
        {text}
        {isOver ? '.' : '…'}
      </p>
      <progress value={over} max={all} aria-label="Rows gone through" className="desk-progress" />
      {isOver ? null : (
        <>
          <RefreshWhile />
          <p className="text-ink-soft">
            It goes on if you leave.{' '}
            <a href={path} className="text-link">
              Look again
            </a>
          </p>
        </>
      )}
    </>
  )
}

/** A plain form: what it sends back is kept as a file, and the page stays. */
function FileForm({ kind, orders, path }: { kind: FileKind; orders: number; path: string }) {
  if (orders === 0) return <p className="text-ink-soft">There is no file: why not stands beside each order.</p>
  return (
    <form method="post" action={`${path}/file`}>
      <button type="submit" className="desk-button" data-look="primary">
        Download {orders} {orders === 1 ? 'order' : 'orders'} as {kind === 'export' ? 'CSV' : 'PDF'}
      </button>
    </form>
  )
}

/** What needs a person first. */
const ORDER: readonly BulkRowState[] = ['failed', 'wrong', 'ready', 'done']

const TONES: Readonly<Record<BulkRowState, string>> = {
  failed: 'text-danger',
  wrong: 'text-warning',
  ready: 'text-ink-soft',
  done: 'text-positive',
}

function Rows({ found: { job, rows } }: { found: Job }) {
  const sorted = rows.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.position - b.position)
  const ships = job.kind === 'ship'
  return (
    <WideTable name="Rows" className="-mx-4 sm:-mx-8 sm:px-5">
      <table className="desk-table">
        <caption className="sr-only">Rows</caption>
        <thead>
          <tr>
            <th scope="col" className="end">
              Row
            </th>
            <th scope="col">Order</th>
            {ships ? (
              <>
                <th scope="col">Carrier</th>
                <th scope="col">Tracking number</th>
              </>
            ) : null}
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.position}>
              <td className="end num text-ink-soft">{row.position + 1}</td>
              <td className="num whitespace-nowrap">
                {row.note === '' || row.state === 'failed' ? (
                  <a href={`/admin/orders/${row.orderNumber}`} className="text-link">
                    {row.orderNumber}
                  </a>
                ) : (
                  row.orderNumber
                )}
              </td>
              {ships ? (
                <>
                  <td>{row.carrier}</td>
                  <td className="num break-all">{row.trackingNumber}</td>
                </>
              ) : null}
              <td>
                <span className={TONES[row.state]}>{rowStateName(job.kind, row.state)}</span>
                {row.note ? <span className="block text-xs text-ink-soft">{row.note}</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  )
}
