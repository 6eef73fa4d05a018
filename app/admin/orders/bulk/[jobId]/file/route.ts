import type { Admin } from '@/lib/admin/admin'
import { adminDatabase } from '@/lib/admin/admin-services'
import { exportOrders } from '@/lib/admin/export-orders'
import { findFileKind, getFileOrders, type FileOrders } from '@/lib/bulk/job-desk'
import { FILE_PERMISSIONS, type FileKind } from '@/lib/domain/bulk'
import { printManyPapers, type PrintManyOutcome } from '@/lib/papers/print-many-papers'
import { atAdminRoute } from '@/lib/web/admin-route'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { answerPaper } from '@/lib/web/paper-answer'
import { seeOther } from '@/lib/web/see-other'
import { streamCsv } from '@/lib/web/stream-csv'

/** The file of a job that is over. A POST, because it is written down. */
export async function POST(_request: Request, { params }: { params: Promise<{ jobId: string }> }) {
  if (!(await isOwnForm())) return new Response(FOREIGN, { status: 403 })
  const { jobId } = await params
  switch (await findFileKind(adminDatabase(), jobId)) {
    case 'packing-slips':
      return answerFile('packing-slips', jobId, async (admin, orders) =>
        answerPrinted(await printManyPapers(adminDatabase(), admin, 'packing-slips', orders), jobId),
      )
    case 'invoices':
      return answerFile('invoices', jobId, async (admin, orders) =>
        answerPrinted(await printManyPapers(adminDatabase(), admin, 'invoices', orders), jobId),
      )
    case 'export':
      return answerFile('export', jobId, (admin, { inFile }) =>
        streamCsv('orders', exportOrders(adminDatabase(), admin, { orderNumbers: inFile })),
      )
    case null:
      return new Response('There is nothing at this address.', { status: 404 })
  }
}

const pageOf = (jobId: string) => `/admin/orders/bulk/${jobId}`

/** What stands in the way is said on the job's page. */
async function answerFile<Kind extends FileKind>(
  kind: Kind,
  jobId: string,
  make: (admin: Admin<(typeof FILE_PERMISSIONS)[Kind]>, orders: FileOrders) => Promise<Response>,
): Promise<Response> {
  return atAdminRoute(FILE_PERMISSIONS[kind], pageOf(jobId), async (admin) => {
    const orders = await getFileOrders(adminDatabase(), admin, kind, jobId)
    return orders && orders.inFile.length > 0 ? make(admin, orders) : seeOther(pageOf(jobId))
  })
}

function answerPrinted(outcome: PrintManyOutcome, jobId: string): Response {
  return outcome.kind === 'printed' ? answerPaper(outcome, pageOf(jobId)) : seeOther(pageOf(jobId))
}
