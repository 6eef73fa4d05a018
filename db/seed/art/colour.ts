type Channels = [red: number, green: number, blue: number]

function parse(hex: string): Channels {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** Mixes two #rrggbb colours in linear light, so that halfway looks halfway. */
export function mix(from: string, to: string, share: number): string {
  const a = parse(from)
  const b = parse(to)
  const mixed = a.map((channel, index) => {
    const linear = (1 - share) * (channel / 255) ** 2.2 + share * ((b[index] ?? 0) / 255) ** 2.2
    return Math.round(linear ** (1 / 2.2) * 255)
  })
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

/** A colour on the way through several, at a position from 0 to 1. */
export function ramp(stops: readonly string[], position: number): string {
  const scaled = Math.min(Math.max(position, 0), 1) * (stops.length - 1)
  const index = Math.min(Math.floor(scaled), stops.length - 2)
  const from = stops[Math.max(index, 0)] ?? '#000000'
  return mix(from, stops[index + 1] ?? from, scaled - index)
}

/** Perceived lightness from 0 (black) to 1 (white). */
export function lightness(hex: string): number {
  const [red, green, blue] = parse(hex)
  return (0.2126 * (red / 255) ** 2.2 + 0.7152 * (green / 255) ** 2.2 + 0.0722 * (blue / 255) ** 2.2) ** (1 / 2.2)
}

/** How an ink meets what is under it: on light paper inks multiply like overprinted risograph drums, on dark paper they cover. */
export function overprint(paper: string): string {
  return lightness(paper) > 0.5 ? 'mix-blend-mode:multiply' : 'opacity:0.92'
}
