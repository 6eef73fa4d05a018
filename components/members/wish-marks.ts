/** Readable ids of the products on the wish list, set by the server beside the list itself. It decides nothing. */
const COOKIE = 'cartwright_wished'

export function isWished(productId: number): boolean {
  const value = document.cookie.split('; ').find((pair) => pair.startsWith(`${COOKIE}=`))
  return (
    value
      ?.slice(COOKIE.length + 1)
      .split('.')
      .includes(String(productId)) ?? false
  )
}
