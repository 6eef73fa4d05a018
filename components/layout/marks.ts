/**
 * What pages that are the same for everybody know of their reader: readable cookies, set by the server beside the sealed ones.
 * They decide nothing.
 */
const DAYS_KEPT = {
  /** How many pieces are in the cart. */
  count: 30,
  /** Ids of the products on the wish list, with dots between them. */
  wished: 180,
  /** `1` for whoever is signed in. */
  member: 30,
} as const
type Mark = keyof typeof DAYS_KEPT

/** Empty when there is none. */
export function readMark(mark: Mark): string {
  const start = `cartwright_${mark}=`
  const pair = document.cookie.split('; ').find((each) => each.startsWith(start))
  return pair?.slice(start.length) ?? ''
}

export function writeMark(mark: Mark, value: string): void {
  keep(mark, value, DAYS_KEPT[mark] * 86_400)
}

export function clearMark(mark: Mark): void {
  keep(mark, '', 0)
}

function keep(mark: Mark, value: string, seconds: number): void {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  document.cookie = `cartwright_${mark}=${value}; path=/; max-age=${seconds}; samesite=lax${secure}`
}
