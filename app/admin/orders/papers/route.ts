import { adminDatabase } from '@/lib/admin/admin-services'
import { PAPER_PERMISSIONS, PAPERS_MAX, printManyPapers, type PaperKind } from '@/lib/papers/print-many-papers'
import { atAdminRoute } from '@/lib/web/admin-route'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { answerPaper } from '@/lib/web/paper-answer'
import { seeOther } from '@/lib/web/see-other'

import { pathOfPile, readPile, type Pile } from '../pile'

/** Papers of the orders that are chosen (`n`, each once) as one file. A POST, because it is written down. */
export async function POST(request: Request) {
  if (!(await isOwnForm())) return new Response(FOREIGN, { status: 403 })
  const form = await request.formData().catch(() => new FormData())
  const pile = readPile(form)
  switch (form.get('kind')) {
    case 'packing-slips':
      return print('packing-slips', pile)
    case 'invoices':
      return print('invoices', pile)
    default:
      return atAdminRoute(
        'orders.fulfil',
        pathOfPile(pile, 'again'),
        async () => new Response('Choose what is to be printed.', { status: 400 }),
      )
  }
}

/** Whatever stands in the way is said on the list, where what was chosen still is. */
async function print(kind: PaperKind, pile: Pile): Promise<Response> {
  return atAdminRoute(PAPER_PERMISSIONS[kind], pathOfPile(pile, 'again'), async (admin) => {
    const { orderNumbers } = pile
    if (orderNumbers.length === 0) return seeOther(pathOfPile(pile, 'choose'))
    if (orderNumbers.length > PAPERS_MAX) return seeOther(pathOfPile(pile, 'too_many'))
    const outcome = await printManyPapers(adminDatabase(), admin, kind, orderNumbers)
    const none = pathOfPile(pile, 'none')
    return outcome.kind === 'printed' ? answerPaper(outcome, none) : seeOther(none)
  })
}
