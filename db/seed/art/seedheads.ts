import { overprint } from './colour'
import { inkAt, type DrawArt, type Palette, type Size } from './drawing'
import { circlePath, num } from './path'
import type { Rng } from './random'

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))

type Head = { x: number; y: number; reach: number; count: number }
type Form = 'dots' | 'petals' | 'dashes'

/** A pointed petal lying along `angle`, its foot at the point given. */
function petal(x: number, y: number, angle: number, length: number, width: number): string {
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
  const point = (along: number, across: number) =>
    `${num(x + ux * along - uy * across)} ${num(y + uy * along + ux * across)}`
  return (
    `M${point(0, 0)}C${point(length * 0.25, width)} ${point(length * 0.7, width * 0.8)} ${point(length, 0)}` +
    `C${point(length * 0.7, -width * 0.8)} ${point(length * 0.25, -width)} ${point(0, 0)}Z`
  )
}

function drawHead(rng: Rng, palette: Palette, head: Head, form: Form): string {
  const spacing = head.reach / Math.sqrt(head.count)
  const waves = rng.range(1.2, 3.2)
  const phase = rng.range(0, 6)
  const arms = rng.pick([8, 13, 21])
  const byArm = rng.chance(0.5)
  const inks = rng.shuffle(palette.inks.map((_, index) => index))
  const layers = new Map<string, string>()
  for (let index = 1; index <= head.count; index += 1) {
    const radius = spacing * Math.sqrt(index)
    const angle = index * GOLDEN_ANGLE
    const share = radius / head.reach
    const x = head.x + Math.cos(angle) * radius
    const y = head.y + Math.sin(angle) * radius
    const swell = 0.5 + 0.5 * Math.sin(share * waves * 2 * Math.PI + phase)
    const band = byArm
      ? Math.floor(((index % arms) / arms) * palette.inks.length)
      : Math.floor(share * palette.inks.length * 0.999)
    const ink = inkAt(palette, inks[band % inks.length] ?? 0)
    const path =
      form === 'dots'
        ? circlePath(x, y, spacing * (0.3 + 0.52 * swell))
        : petal(
            x,
            y,
            angle,
            spacing * (form === 'petals' ? 1.5 + 1.7 * share + swell * 0.5 : 1.3 + swell * 1.6),
            spacing * (form === 'petals' ? 0.72 : 0.46),
          )
    layers.set(ink, (layers.get(ink) ?? '') + path)
  }
  return [...layers].map(([ink, path]) => `<path fill="${ink}" d="${path}"/>`).join('')
}

function headsFor(rng: Rng, { width, height }: Size): Head[] {
  const layout = rng.pick(['centre', 'rising', 'pair', 'corner'] as const)
  const count = rng.int(380, 760)
  if (layout === 'centre') return [{ x: width / 2, y: height / 2, reach: Math.min(width, height) * 0.47, count }]
  if (layout === 'rising')
    return [{ x: width * 0.5, y: height * 0.94, reach: Math.min(width * 0.98, height * 0.8), count: count * 2 }]
  if (layout === 'corner')
    return [{ x: width * 0.18, y: height * 0.2, reach: Math.hypot(width, height) * 0.72, count: count * 2 }]
  const large = Math.min(width * 0.36, height * 0.3)
  return [
    { x: width * 0.37, y: height * 0.31, reach: large, count: Math.round(count * 0.7) },
    { x: width * 0.66, y: height * 0.73, reach: large * 0.78, count: Math.round(count * 0.45) },
  ]
}

/** Seed heads: each seed turns by the golden angle from the one before, as in a sunflower. */
export const drawSeedheads: DrawArt = (rng, palette, size) => {
  const form = rng.pick(['dots', 'dots', 'petals', 'petals', 'dashes'] as const)
  const heads = headsFor(rng, size).map((head) => drawHead(rng, palette, head, form))
  return `<g style="${form === 'dots' ? '' : overprint(palette.paper)}">${heads.join('')}</g>`
}
