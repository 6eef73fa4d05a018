import { adminDatabase } from '@/lib/admin/admin-services'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { PAPER_KINDS, PAPERS_MAX, printOrderPapers } from '@/lib/papers/print-order-papers'
import { atAdminRoute } from '@/lib/web/admin-route'
import { answerPaper } from '@/lib/web/paper-answer'

/** Papers of the orders that are chosen (`n`, each once) as one file. */
export async function GET(request: Request) {
  const { searchParams, search } = new URL(request.url)
  return atAdminRoute('orders.read', `/admin/orders/papers${search}`, async (admin) => {
    const kind = PAPER_KINDS.find((each) => each === searchParams.get('kind'))
    const chosen = [...new Set(searchParams.getAll('n').flatMap((typed) => parseOrderNumber(typed) ?? []))]
    if (!kind || chosen.length === 0) return refuse('Choose orders, and what is to be printed.')
    if (chosen.length > PAPERS_MAX) return refuse(`At most ${PAPERS_MAX} orders can be printed at once.`)
    return answerPaper(await printOrderPapers(adminDatabase(), admin, kind, chosen))
  })
}

function refuse(why: string): Response {
  return new Response(why, { status: 400 })
}
