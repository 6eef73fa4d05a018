/** Where to go when nothing better is known. */
const HOME = '/account'
const HERE = 'http://here.invalid'

/** Pages that make no sense as a place to come back to. */
const NOT_THERE = /^\/(sign-in|sign-out|register|forgot-password|reset-password|api|_next)(\/|$)/

const PATH_MAX = 500
/** Of staff on their way through the second factor, who take along what they had chosen. */
export const STAFF_PATH_MAX = 2_000

/**
 * A path of this shop to return to after signing in. Whatever could leave the shop (another host, `//host`, a backslash, a
 * control character) becomes `fallback`.
 */
export function parseReturnPath(asked: unknown, fallback: string = HOME, max = PATH_MAX): string {
  if (typeof asked !== 'string' || asked.length > max || !asked.startsWith('/')) return fallback
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007f\\]/.test(asked) || !URL.canParse(asked, HERE)) return fallback
  const { origin, pathname, search } = new URL(asked, HERE)
  if (origin !== HERE || pathname.startsWith('//') || NOT_THERE.test(pathname)) return fallback
  return pathname + search
}
