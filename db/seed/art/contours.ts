import { mix, ramp } from './colour'
import { createMask } from './mask'
import { createNoise, layeredNoise } from './noise'
import { drawId, inkAt, type DrawArt, type Size } from './drawing'
import { smoothRing } from './path'
import type { Rng } from './random'
import { levelRings, type HeightGrid } from './rings'

const CELL = 10
/** Lattice points beyond the edge, so that the forced closing of rings happens out of sight. */
const OVERLAP = 3

function createTerrain(rng: Rng, size: Size): HeightGrid {
  const noise = createNoise(rng)
  const wavelength = size.width * rng.range(0.42, 0.72)
  const stretch = rng.range(0.6, 1.5)
  const hills = Array.from({ length: rng.int(1, 3) }, () => ({
    x: size.width * rng.range(0.1, 0.9),
    y: size.height * rng.range(0.1, 0.9),
    reach: size.width * rng.range(0.2, 0.42),
    height: rng.range(0.35, 0.8) * (rng.chance(0.75) ? 1 : -1),
  }))
  const columns = Math.ceil(size.width / CELL) + 2 * OVERLAP + 1
  const rows = Math.ceil(size.height / CELL) + 2 * OVERLAP + 1
  const heights = new Float64Array(columns * rows)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const x = (column - OVERLAP) * CELL
      const y = (row - OVERLAP) * CELL
      let height = layeredNoise(noise, x / wavelength, (y / wavelength) * stretch, 3)
      for (const hill of hills) {
        height += hill.height * Math.exp(-(((x - hill.x) ** 2 + (y - hill.y) ** 2) / hill.reach ** 2))
      }
      heights[row * columns + column] = height
    }
  }
  return { columns, rows, cell: CELL, heights }
}

/** Contours: a made-up landscape cut at even heights; either tinted layer by layer or left as lines of two inks. */
export const drawContours: DrawArt = (rng, palette, size) => {
  const terrain = createTerrain(rng, size)
  const mask = createMask(rng.pick(['sheet', 'sheet', 'circle', 'arch']), size)
  const tinted = rng.chance(0.65)
  const count = tinted ? rng.int(9, 14) : rng.int(20, 26)
  const [sea, ...slopes] = rng.pick([
    [inkAt(palette, 0), inkAt(palette, 2), inkAt(palette, 1)],
    [inkAt(palette, 0), inkAt(palette, 1), inkAt(palette, -1)],
    [inkAt(palette, -1), inkAt(palette, 1), inkAt(palette, 0)],
  ] as const)
  const shore = rng.int(2, Math.floor(count * 0.4))
  let low = Infinity
  let high = -Infinity
  for (const height of terrain.heights) {
    low = Math.min(low, height)
    high = Math.max(high, height)
  }
  const layers = Array.from({ length: count }, (_, index) => {
    const level = low + ((index + 0.6) / (count + 0.4)) * (high - low)
    const path = levelRings(terrain, level).map(smoothRing).join('')
    if (!tinted) {
      const major = index % 5 === shore % 5
      const ink = inkAt(palette, major ? -1 : index < shore ? 1 : 0)
      return `<path fill="none" stroke="${ink}" stroke-width="${major ? 7 : 4}" d="${path}"/>`
    }
    const land = index >= shore
    const fill = land
      ? ramp([palette.paper, ...slopes], (index - shore + 0.25) / (count - shore))
      : mix(sea, palette.paper, 0.1 + (index / shore) * 0.42)
    const edge = index === shore ? inkAt(palette, -1) : mix(fill, inkAt(palette, 0), 0.45)
    return `<path fill="${fill}" stroke="${edge}" stroke-width="${index === shore ? 7 : 2.6}" d="${path}"/>`
  })
  const id = drawId(rng)
  const depth = tinted ? `<path fill="${sea}" d="${mask.path}"/>` : ''
  const shift = -OVERLAP * CELL
  return (
    `<clipPath id="${id}"><path d="${mask.path}"/></clipPath>` +
    `<g clip-path="url(#${id})">${depth}<g fill-rule="evenodd" transform="translate(${shift} ${shift})">${layers.join('')}</g></g>`
  )
}
