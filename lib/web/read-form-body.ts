import 'server-only'

import { readBody } from './read-body'

/** No form of ours is near this; Next itself would answer 500 above a megabyte. */
const FORM_MAX_BYTES = 100_000

export type FormBody = { readonly kind: 'form'; readonly form: FormData } | { readonly kind: 'too_large' | 'malformed' }

/** The form in a request, never read further than the limit. A request without a body brings an empty form. */
export async function readFormBody(request: Request): Promise<FormBody> {
  const type = request.headers.get('content-type')
  const bytes = await readLimited(request)
  if (bytes === null) return { kind: 'too_large' }
  if (type === null && bytes.byteLength === 0) return { kind: 'form', form: new FormData() }
  try {
    // Never a browser's own: the bytes are in hand, and only the type tells how they are divided.
    const form = await new Response(Buffer.from(bytes), { headers: { 'content-type': type ?? '' } }).formData()
    return { kind: 'form', form }
  } catch {
    return { kind: 'malformed' }
  }
}

/**
 * Why no page may be given this body, or null. Next answers 500 to a form it cannot take apart, and to one that grows beyond its
 * limit on the way.
 */
export async function judgeBody(request: Request): Promise<'too_large' | 'malformed' | null> {
  if (MULTIPART.test(request.headers.get('content-type') ?? '')) {
    const { kind } = await readFormBody(request)
    return kind === 'form' ? null : kind
  }
  return (await readLimited(request)) === null ? 'too_large' : null
}

const MULTIPART = /^\s*multipart\//i

/** What says that it is too long is not read at all; what says nothing is counted. */
async function readLimited(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length')) > FORM_MAX_BYTES) return null
  return readBody(request, FORM_MAX_BYTES)
}

export function refuseBody(reason: 'too_large' | 'malformed'): Response {
  return reason === 'too_large'
    ? new Response('This form is too large. Go back and shorten what you entered.', { status: 413 })
    : new Response('This form did not arrive whole. Go back and send it again.', { status: 400 })
}
