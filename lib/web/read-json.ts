import 'server-only'

/** No body of ours is larger. */
const BODY_MAX_BYTES = 4_096

export type JsonBody = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'too_large' | 'malformed' }

/** The body as JSON, never read further than the limit; an empty one is `null`. */
export async function readJson(request: Request): Promise<JsonBody> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > BODY_MAX_BYTES) return { kind: 'too_large' }
    chunks.push(chunk)
  }
  if (size === 0) return { kind: 'json', value: null }
  try {
    return { kind: 'json', value: JSON.parse(Buffer.concat(chunks).toString('utf8')) }
  } catch {
    return { kind: 'malformed' }
  }
}
