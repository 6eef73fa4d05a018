import { createMask, type Mask } from './mask'
import { createNoise, type Noise } from './noise'
import { inkAt, type DrawArt, type Point, type Size } from './drawing'
import { num, smoothLine } from './path'
import type { Rng } from './random'

type Occupied = { x: number; y: number; reach: number }
type Pass = { width: number; gap: number; tries: number; minimum: number; maximum: number }

const STEP = 6
const CELL = 44

/** Remembers where lines run, so that a new one stops before it touches them. */
function createOccupancy() {
  const cells = new Map<number, Occupied[]>()
  const keyOf = (column: number, row: number) => (column + 50) * 4096 + row + 50
  return {
    isFree(x: number, y: number, reach: number, gap: number): boolean {
      const column = Math.floor(x / CELL)
      const row = Math.floor(y / CELL)
      for (let dx = -1; dx <= 1; dx += 1) {
        for (let dy = -1; dy <= 1; dy += 1) {
          for (const other of cells.get(keyOf(column + dx, row + dy)) ?? []) {
            if (Math.hypot(other.x - x, other.y - y) < other.reach + reach + gap) return false
          }
        }
      }
      return true
    },
    add(points: readonly Point[], reach: number): void {
      for (const [x, y] of points) {
        const key = keyOf(Math.floor(x / CELL), Math.floor(y / CELL))
        const list = cells.get(key) ?? []
        list.push({ x, y, reach })
        cells.set(key, list)
      }
    },
  }
}

/** Where the current runs at a point, in radians. */
function createCurrent(rng: Rng, noise: Noise, size: Size): (x: number, y: number) => number {
  const wavelength = size.width * rng.range(0.75, 1.5)
  const strength = rng.range(0.8, 1.5) * Math.PI
  const base = rng.range(0, 2 * Math.PI)
  const eyeX = size.width * rng.range(0.2, 0.8)
  const eyeY = size.height * rng.range(0.2, 0.8)
  const spiral = rng.chance(0.4) ? rng.range(0.55, 1) : 0
  return (x, y) => {
    const drift = base + noise(x / wavelength, y / wavelength) * strength
    return drift * (1 - spiral) + (Math.atan2(y - eyeY, x - eyeX) + 1.25) * spiral
  }
}

function passesFor(rng: Rng): Pass[] {
  const fine = { width: 5.5, gap: 7, tries: 2600, minimum: 26, maximum: 240 }
  if (rng.chance(0.35)) return [{ ...fine, width: 8, gap: 6.5, maximum: 320 }]
  const broad = rng.range(24, 34)
  return [
    { width: broad, gap: 9, tries: 46, minimum: 44, maximum: 150 },
    { width: broad * 0.5, gap: 8, tries: 260, minimum: 30, maximum: 160 },
    { ...fine, width: 6, gap: 7.5, tries: 2000 },
  ]
}

/** Fields: strokes of a few widths follow one current and never touch. */
export const drawField: DrawArt = (rng, palette, size) => {
  const noise = createNoise(rng)
  const current = createCurrent(rng, noise, size)
  const mask: Mask = createMask(rng.pick(['sheet', 'sheet', 'circle', 'arch']), size)
  const occupancy = createOccupancy()
  const paths = new Map<string, string>()

  const walk = (from: Point, direction: 1 | -1, pass: Pass): Point[] => {
    const points: Point[] = []
    let [x, y] = from
    while (points.length < pass.maximum / 2) {
      const angle = current(x, y)
      x += Math.cos(angle) * STEP * direction
      y += Math.sin(angle) * STEP * direction
      if (!mask.contains(x, y, pass.width / 2) || !occupancy.isFree(x, y, pass.width / 2, pass.gap)) break
      points.push([x, y])
    }
    return points
  }

  for (const pass of passesFor(rng)) {
    for (let attempt = 0; attempt < pass.tries; attempt += 1) {
      const start: Point = [rng.range(0, size.width), rng.range(0, size.height)]
      const region = noise(start[0] / (size.width * 0.55) + 40, start[1] / (size.width * 0.55))
      const stray = rng.chance(0.12)
      const wild = rng.int(0, palette.inks.length - 1)
      if (!mask.contains(start[0], start[1], pass.width / 2)) continue
      if (!occupancy.isFree(start[0], start[1], pass.width / 2, pass.gap)) continue
      const line = [...walk(start, -1, pass).toReversed(), start, ...walk(start, 1, pass)]
      if (line.length < pass.minimum) continue
      occupancy.add(line, pass.width / 2)
      const ink = inkAt(palette, stray ? wild : Math.floor((region + 0.55) * palette.inks.length * 0.9))
      const key = `stroke="${ink}" stroke-width="${num(pass.width)}"`
      const sparse = line.filter((_, index) => index % 3 === 0 || index === line.length - 1)
      paths.set(key, (paths.get(key) ?? '') + smoothLine(sparse))
    }
  }
  const strokes = [...paths].map(([key, path]) => `<path ${key} d="${path}"/>`).join('')
  return `<g fill="none" stroke-linecap="round">${strokes}</g>`
}
