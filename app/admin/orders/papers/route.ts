import { adminDatabase } from '@/lib/admin/admin-services'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { PAPER_PERMISSIONS, PAPERS_MAX, printManyPapers, type PaperKind } from '@/lib/papers/print-many-papers'
import { atAdminRoute } from '@/lib/web/admin-route'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { answerPaper } from '@/lib/web/paper-answer'

const ORDERS = '/admin/orders'

/** Papers of the orders that are chosen (`n`, each once) as one file. A POST, because it is written down. */
export async function POST(request: Request) {
  if (!(await isOwnForm())) return new Response(FOREIGN, { status: 403 })
  const form = await request.formData().catch(() => new FormData())
  switch (form.get('kind')) {
    case 'packing-slips':
      return print('packing-slips', form)
    case 'invoices':
      return print('invoices', form)
    default:
      return atAdminRoute('orders.fulfil', ORDERS, async () => refuse('Choose what is to be printed.', 400))
  }
}

async function print(kind: PaperKind, form: FormData): Promise<Response> {
  return atAdminRoute(PAPER_PERMISSIONS[kind], ORDERS, async (admin) => {
    const typed = form.getAll('n').filter((each) => typeof each === 'string')
    const chosen = [...new Set(typed.flatMap((each) => parseOrderNumber(each) ?? []))]
    if (chosen.length === 0) return refuse('Choose orders first.', 400)
    if (chosen.length > PAPERS_MAX) return refuse(`At most ${PAPERS_MAX} orders can be printed at once.`, 400)
    const outcome = await printManyPapers(adminDatabase(), admin, kind, chosen)
    return outcome.kind === 'printed'
      ? answerPaper(outcome, ORDERS)
      : refuse(`None of these ${chosen.length} orders has one yet. The page of each says why.`, 409)
  })
}

function refuse(why: string, status: number): Response {
  return new Response(why, { status })
}
