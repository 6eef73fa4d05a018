import { adminDatabase } from '@/lib/admin/admin-services'
import { stageImport } from '@/lib/catalogue-csv/stage-import'
import { CSV_BYTES_MAX } from '@/lib/domain/catalogue-csv'
import { atUploadDoor, readFile } from '@/lib/web/admin-upload'

import { TOO_LARGE } from '../../../admin/products/import/import-texts'

const PAGE = '/admin/products/import'

/** A file for the catalogue. Nothing changes by it: its rows are looked at, and somebody decides. */
export async function POST(request: Request): Promise<Response> {
  const door = {
    permission: 'catalogue.edit',
    form: 'import',
    pageOf: () => PAGE,
    maxBytes: CSV_BYTES_MAX,
    tooLarge: TOO_LARGE,
  } as const
  return atUploadDoor(request, door, async (admin, formData, { done, refuse }) => {
    const file = readFile(formData, 'file')
    if (!file) return refuse({ file: 'Choose a file.' })
    const bytes = Buffer.from(await file.arrayBuffer())
    const outcome = await stageImport(adminDatabase(), admin, { fileName: file.name, bytes })
    return outcome.kind === 'staged' ? done(`${PAGE}/${outcome.importId}`) : refuse({ file: outcome.problem })
  })
}
