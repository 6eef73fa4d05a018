/**
 * 303: go there with GET. A relative address stays on whatever host the buyer used, which the server behind a proxy
 * does not know.
 */
export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
