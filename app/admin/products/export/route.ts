import { adminDatabase } from '@/lib/admin/admin-services'
import { exportCatalogue } from '@/lib/catalogue-csv/export-catalogue'
import { requireAdmin } from '@/lib/web/current-admin'
import { streamCsv } from '@/lib/web/stream-csv'

/** All variants as a file, written while it is read. */
export async function GET(): Promise<Response> {
  const admin = await requireAdmin('catalogue.export', '/admin/products/export')
  const day = new Date().toISOString().slice(0, 10)
  return streamCsv(`catalogue-${day}`, exportCatalogue(adminDatabase(), admin))
}
