import { overprint } from './colour'
import { createNoise } from './noise'
import { inkAt, type DrawArt, type Size } from './drawing'
import { circlePath, rectPath } from './path'
import type { Rng } from './random'

/** Amount of ink, 0 to 1, wanted at a point. */
type Tone = (x: number, y: number) => number

/** Bayer's 8 by 8 order in which the dots of a cell are set as the tone grows. */
function bayerThreshold(column: number, row: number): number {
  let value = 0
  for (let bit = 0; bit < 3; bit += 1) {
    const x = (column >> bit) & 1
    const y = (row >> bit) & 1
    value = value * 4 + ((x ^ y) * 2 + y)
  }
  return (value + 0.5) / 64
}

function ditherSquares(size: Size, cell: number, tone: Tone): string {
  let path = ''
  for (let row = 0; row * cell < size.height; row += 1) {
    let run = 0
    for (let column = 0; column * cell <= size.width; column += 1) {
      const inside =
        (column + 1) * cell <= size.width + 1 &&
        tone((column + 0.5) * cell, (row + 0.5) * cell) > bayerThreshold(column & 7, row & 7)
      if (inside) run += 1
      else if (run > 0) {
        path += rectPath((column - run) * cell, row * cell, run * cell, Math.min(cell, size.height - row * cell))
        run = 0
      }
    }
  }
  return path
}

/** A printer's screen: dots on a turned grid that grow with the tone. */
function halftone(size: Size, pitch: number, angle: number, tone: Tone): string {
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
  const reach = Math.ceil(Math.hypot(size.width, size.height) / pitch)
  let path = ''
  for (let row = -reach; row <= reach; row += 1) {
    for (let column = -reach; column <= reach; column += 1) {
      const x = (column * ux - row * uy) * pitch
      const y = (column * uy + row * ux) * pitch
      if (x < 0 || y < 0 || x > size.width || y > size.height) continue
      const radius = Math.sqrt(Math.min(Math.max(tone(x, y), 0), 1)) * pitch * 0.68
      if (radius > pitch * 0.13) path += circlePath(x, y, radius)
    }
  }
  return path
}

type Plan = { ink: number; tone: Tone }[]

function planSun(rng: Rng, { width, height }: Size): Plan {
  const x = width * rng.range(0.35, 0.65)
  const y = height * rng.range(0.28, 0.42)
  const radius = width * rng.range(0.22, 0.33)
  const horizon = height * rng.range(0.62, 0.74)
  const inDisc: (px: number, py: number) => boolean = (px, py) => Math.hypot(px - x, py - y) < radius
  return [
    { ink: 1, tone: (px, py) => (py > horizon || inDisc(px, py) ? 0 : 0.75 - (py / horizon) * 0.8) },
    { ink: -1, tone: (px, py) => (inDisc(px, py) ? 1.05 - ((py - y + radius) / (2 * radius)) * 0.85 : 0) },
    {
      ink: 0,
      tone: (px, py) => {
        if (py < horizon) return 0
        const glint = Math.max(0, 1 - Math.abs(px - x) / (radius * 0.9)) * 0.6
        return 0.42 + ((py - horizon) / (height - horizon)) * 0.6 - glint * (1 - (py - horizon) / (height - horizon))
      },
    },
  ]
}

function planHills(rng: Rng, { width, height }: Size): Plan {
  const noise = createNoise(rng)
  const count = rng.int(4, 6)
  const ridge = (index: number, x: number) => {
    const base = height * (0.3 + (index / count) * 0.62)
    return base + noise((x / width) * 1.7 + index * 5.3, index * 3.7) * height * 0.14
  }
  return Array.from({ length: count }, (_, index) => ({
    ink: index + 1,
    tone: (x: number, y: number) => {
      const top = ridge(index, x)
      if (y < top || (index + 1 < count && y > ridge(index + 1, x))) return 0
      return 1.02 - ((y - top) / (height * 0.26)) * 0.95
    },
  }))
}

function planSpheres(rng: Rng, { width, height }: Size): Plan {
  const radius = width * rng.range(0.26, 0.36)
  return [0, 1].map((index) => {
    const x = width * (index === 0 ? rng.range(0.34, 0.44) : rng.range(0.56, 0.66))
    const y = height * (index === 0 ? rng.range(0.3, 0.38) : rng.range(0.6, 0.7))
    const r = radius * (index === 0 ? 1 : rng.range(0.7, 1.1))
    return {
      ink: index === 0 ? 0 : -1,
      tone: (px: number, py: number) => {
        const away = Math.hypot(px - x, py - y)
        return away > r ? 0 : 0.05 + Math.hypot(px - x + r * 0.42, py - y + r * 0.45) / (r * 1.5) - 0.1
      },
    }
  })
}

function planVeils(rng: Rng, { width, height }: Size): Plan {
  return [0, 1, 2].map((index) => {
    const angle = rng.range(0, 2 * Math.PI)
    const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
    const bend = rng.range(0.6, 1.4)
    return {
      ink: index,
      tone: (x: number, y: number) => {
        const along = ((x / width - 0.5) * ux + (y / height - 0.5) * uy) * bend
        return 0.42 + 0.5 * Math.sin(along * Math.PI * 1.5 + index)
      },
    }
  })
}

/** Gradients: two or three inks, no tints; every shade is a matter of how many dots. */
export const drawGradient: DrawArt = (rng, palette, size) => {
  const plan = rng.pick([planSun, planSun, planHills, planSpheres, planVeils])(rng, size)
  const squares = rng.chance(0.5)
  const cell = size.width / rng.pick([56, 64, 72])
  const layers = plan.map(({ ink, tone }, index) => {
    const path = squares ? ditherSquares(size, cell, tone) : halftone(size, cell * 1.35, 0.26 + index * 0.52, tone)
    return `<path style="${overprint(palette.paper)}" fill="${inkAt(palette, ink)}" d="${path}"/>`
  })
  return layers.join('')
}
