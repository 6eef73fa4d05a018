import { createMask, type Mask } from './mask'
import { inkAt, type DrawArt, type Palette, type Size } from './drawing'
import { circlePath, num } from './path'
import type { Rng } from './random'

type Pebble = { x: number; y: number; radius: number }

/** Drops circles from large to small wherever there is still room. */
function pack(rng: Rng, mask: Mask, size: Size): Pebble[] {
  const pebbles: Pebble[] = []
  const largest = size.width * rng.range(0.1, 0.2)
  const sizes = Array.from({ length: 9 }, (_, index) => largest * 0.7 ** index).filter((radius) => radius > 8)
  const gap = rng.range(5, 9)
  sizes.forEach((radius, step) => {
    const tries = Math.round(26 * 2.05 ** step)
    for (let attempt = 0; attempt < Math.min(tries, 5200); attempt += 1) {
      const x = rng.range(0, size.width)
      const y = rng.range(0, size.height)
      const free =
        mask.contains(x, y, radius) &&
        pebbles.every((other) => Math.hypot(other.x - x, other.y - y) > other.radius + radius + gap)
      if (free) pebbles.push({ x, y, radius })
    }
  })
  return pebbles
}

function hatching({ x, y, radius }: Pebble, angle: number, pitch: number): string {
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
  let path = ''
  for (let across = -radius + pitch / 2; across < radius; across += pitch) {
    const half = Math.sqrt(radius * radius - across * across)
    const [cx, cy] = [x - uy * across, y + ux * across]
    path += `M${num(cx - ux * half)} ${num(cy - uy * half)}L${num(cx + ux * half)} ${num(cy + uy * half)}`
  }
  return path
}

function rings({ x, y, radius }: Pebble, pitch: number): string {
  let path = ''
  for (let r = radius - pitch * 0.25; r > pitch * 0.3; r -= pitch) path += circlePath(x, y, r)
  return path
}

function halves({ x, y, radius }: Pebble, angle: number): string {
  const [dx, dy] = [Math.cos(angle) * radius, Math.sin(angle) * radius]
  return `M${num(x - dx)} ${num(y - dy)}A${num(radius)} ${num(radius)} 0 0 1 ${num(x + dx)} ${num(y + dy)}Z`
}

function drawPebble(rng: Rng, palette: Palette, pebble: Pebble, grain: number): string {
  const first = rng.int(0, palette.inks.length - 1)
  const ink = inkAt(palette, rng.chance(0.35) ? 0 : first)
  const other = inkAt(palette, first + 1 + rng.int(0, palette.inks.length - 2))
  const disc = (fill: string) => `<path fill="${fill}" d="${circlePath(pebble.x, pebble.y, pebble.radius)}"/>`
  if (pebble.radius < 20) return disc(ink)
  const stroke = (path: string, width: number, colour: string) =>
    `<path fill="none" stroke="${colour}" stroke-width="${num(width)}" d="${path}"/>`
  const kind = rng.pick(['solid', 'solid', 'hatch', 'rings', 'halves', 'eye'] as const)
  if (kind === 'hatch') return stroke(hatching(pebble, grain + rng.pick([0, Math.PI / 2]), 11), 5, ink)
  if (kind === 'rings') return stroke(rings(pebble, 12), 5, ink)
  if (kind === 'halves')
    return disc(ink) + `<path fill="${other === ink ? palette.paper : other}" d="${halves(pebble, grain)}"/>`
  if (kind === 'eye')
    return disc(ink) + `<path fill="${palette.paper}" d="${circlePath(pebble.x, pebble.y, pebble.radius * 0.42)}"/>`
  return disc(ink)
}

/** Pebbles: circles sorted by size into a shore, a dish or a window; the larger ones carry a pattern. */
export const drawPebbles: DrawArt = (rng, palette, size) => {
  const mask = createMask(rng.pick(['sheet', 'circle', 'arch']), size)
  const grain = rng.range(0, Math.PI)
  return pack(rng, mask, size)
    .map((pebble) => drawPebble(rng, palette, pebble, grain))
    .join('')
}
