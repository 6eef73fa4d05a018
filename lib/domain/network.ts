/**
 * The network an address belongs to, as far as one customer has it: an IPv4 address alone, an IPv6 address with its /64, because
 * every household is given that many. Null for what is no address.
 */
export function networkOf(address: string): string | null {
  const bare = address
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/%.*$/, '')
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/i.exec(bare)?.[1]
  if (v4) return v4.split('.').every((part) => Number(part) <= 255) ? v4.split('.').map(Number).join('.') : null
  return networkOfV6(bare)
}

function networkOfV6(address: string): string | null {
  const [head = '', tail, ...more] = address.toLowerCase().split('::')
  if (!address.includes(':') || more.length > 0) return null
  const before = head === '' ? [] : head.split(':')
  const after = !tail ? [] : tail.split(':')
  const given = before.length + after.length
  if (tail === undefined ? given !== 8 : given > 7) return null
  const groups = [...before, ...Array<string>(8 - given).fill('0'), ...after]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

/** As people are told of it. A caller on the machine of the shop has no address that anybody would know. */
export function networkText(network: string): string {
  return network === '0:0:0:0::/64' || network.startsWith('127.') ? 'the shop’s own machine' : network
}

/**
 * The address a request came from: the entry of `X-Forwarded-For` that the outermost of our own proxies has written. What stands
 * before it was sent by the caller and may be anything. Without proxies the header holds the connection's own address
 * (lib/web/connection-address.ts). Null when there are fewer entries than proxies.
 */
export function callerAddress(forwardedFor: string | null, proxies: number): string | null {
  const entries = (forwardedFor ?? '').split(',').map((entry) => entry.trim())
  return entries.at(-Math.max(proxies, 1)) || null
}
