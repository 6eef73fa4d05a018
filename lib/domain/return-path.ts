/** Where to go when nothing better is known. */
const HOME = '/account'
const HERE = 'http://here.invalid'

/** Pages that make no sense as a place to come back to. */
const NOT_THERE = /^\/(sign-in|sign-out|register|forgot-password|reset-password|api|_next)(\/|$)/

const PATH_MAX = 500
/** Of staff, who take a list's filter and what they had chosen along through sign-in and second factor. */
export const STAFF_PATH_MAX = 2_000
const OF_STAFF = /^\/admin([/?]|$)/

/**
 * A path of this shop to return to after signing in. Whatever could leave the shop (another host, `//host`, a backslash, a
 * control character) becomes `fallback`.
 */
export function parseReturnPath(asked: unknown, fallback: string = HOME): string {
  if (typeof asked !== 'string' || !asked.startsWith('/')) return fallback
  if (asked.length > (OF_STAFF.test(asked) ? STAFF_PATH_MAX : PATH_MAX)) return fallback
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007f\\]/.test(asked) || !URL.canParse(asked, HERE)) return fallback
  const { origin, pathname, search } = new URL(asked, HERE)
  if (origin !== HERE || pathname.startsWith('//') || NOT_THERE.test(pathname)) return fallback
  return pathname + search
}
