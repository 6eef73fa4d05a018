import { revalidateTag } from 'next/cache'
import { z } from 'zod'

import { CATALOGUE_TAG, productTag } from '@/lib/catalog/cache'
import { isInternalKey } from '@/lib/worker/internal-key'

const Body = z.object({ productSlugs: z.array(z.string().max(200)).max(1_000) })

/** The worker tells that the catalogue changed, and which products; pages and lists are made anew on their next visit. */
export async function POST(request: Request) {
  if (!isInternalKey(request.headers.get('authorization'))) return new Response(null, { status: 404 })
  const body = Body.safeParse(await request.json().catch(() => null))
  if (!body.success) return Response.json({ kind: 'invalid' }, { status: 400 })
  for (const slug of body.data.productSlugs) revalidateTag(productTag(slug), { expire: 0 })
  revalidateTag(CATALOGUE_TAG, { expire: 0 })
  return Response.json({ kind: 'renewed' })
}
