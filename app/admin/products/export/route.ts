import { adminDatabase } from '@/lib/admin/admin-services'
import { exportCatalogue } from '@/lib/catalogue-csv/export-catalogue'
import { requireAdmin } from '@/lib/web/current-admin'

/** All variants as a file, written while it is read. */
export async function GET(): Promise<Response> {
  const admin = await requireAdmin('catalogue.export', '/admin/products/export')
  const pieces = exportCatalogue(adminDatabase(), admin)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => {
      await pieces.return(undefined)
    },
  })
  const day = new Date().toISOString().slice(0, 10)
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="catalogue-${day}.csv"`,
      'cache-control': 'no-store',
    },
  })
}
