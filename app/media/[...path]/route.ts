import { readMedia } from '@/lib/catalog/read-media'

/** A changed picture gets a new name, so these never go stale. */
const FOR_EVER = 'public, max-age=31536000, immutable'

export async function GET(_request: Request, { params }: RouteContext<'/media/[...path]'>): Promise<Response> {
  const found = await readMedia((await params).path)
  if (!found) return new Response('Not found', { status: 404, headers: { 'Content-Type': 'text/plain' } })
  return new Response(found.bytes, { headers: { 'Content-Type': found.type, 'Cache-Control': FOR_EVER } })
}
