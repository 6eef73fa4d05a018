import { adminDatabase } from '@/lib/admin/admin-services'
import { findAnything } from '@/lib/admin/find-anything'
import { readAdmin } from '@/lib/web/current-admin'

/** What the command palette finds, as somebody types. */
export async function GET(request: Request) {
  const outcome = await readAdmin('desk.open')
  if (outcome.kind !== 'admin') return new Response('There is nothing at this address.', { status: 404 })
  const typed = new URL(request.url).searchParams.get('q') ?? ''
  const groups = await findAnything(adminDatabase(), outcome.admin, typed)
  return Response.json({ groups }, { headers: { 'cache-control': 'no-store' } })
}
