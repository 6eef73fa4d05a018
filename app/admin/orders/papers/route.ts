import { atAdminRoute } from '@/lib/web/admin-route'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'

import { pathOfPile, readPile } from '../pile'
import { startFile } from '../start-file'

/** Papers of the orders that are chosen (`n`, each once). A POST, because it begins something. */
export async function POST(request: Request) {
  if (!(await isOwnForm())) return new Response(FOREIGN, { status: 403 })
  const form = await request.formData().catch(() => new FormData())
  const pile = readPile(form)
  const kind = form.get('kind')
  if (kind === 'packing-slips' || kind === 'invoices') return startFile(kind, pile)
  return atAdminRoute(
    'orders.fulfil',
    pathOfPile(pile, 'again'),
    async () => new Response('Choose what is to be printed.', { status: 400 }),
  )
}
