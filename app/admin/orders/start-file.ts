import 'server-only'

import { adminDatabase } from '@/lib/admin/admin-services'
import { startFileJob } from '@/lib/bulk/start-file-job'
import { FILE_PERMISSIONS, type FileKind } from '@/lib/domain/bulk'
import { atAdminRoute } from '@/lib/web/admin-route'
import { seeOther } from '@/lib/web/see-other'

import { pathOfPile, type Pile } from './pile'

/** To the page that says how far it is; what stands in the way is said on the list, where what was chosen still is. */
export async function startFile(kind: FileKind, pile: Pile): Promise<Response> {
  return atAdminRoute(FILE_PERMISSIONS[kind], pathOfPile(pile, 'again'), async (admin) => {
    const outcome = await startFileJob(adminDatabase(), admin, kind, pile.orderNumbers)
    switch (outcome.kind) {
      case 'started':
        return seeOther(`/admin/orders/bulk/${outcome.jobId}`)
      case 'empty':
        return seeOther(pathOfPile(pile, 'choose'))
      case 'too_many':
        return seeOther(pathOfPile(pile, 'too_many'))
    }
  })
}
