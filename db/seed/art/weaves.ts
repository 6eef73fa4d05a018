import { mix } from './colour'
import { inkAt, type DrawArt, type Palette, type Size } from './drawing'
import { num, rectPath } from './path'
import type { Rng } from './random'

type Band = { at: number; width: number; ink: string }

/** A sett: a run of stripe widths and inks that is mirrored at its end, as in a tartan. */
function createBands(rng: Rng, palette: Palette, extent: number, thread: number): Band[] {
  const half = Array.from({ length: rng.int(3, 6) }, () => ({
    threads: rng.pick([1, 1, 2, 2, 3, 5]),
    ink: rng.chance(0.26)
      ? mix(palette.paper, inkAt(palette, 0), 0.12)
      : inkAt(palette, rng.int(0, palette.inks.length - 1)),
  }))
  const sett = [...half, ...half.slice(1, -1).toReversed()]
  const threads = sett.flatMap((stripe) => Array.from({ length: stripe.threads * 2 }, () => stripe.ink))
  const count = Math.round(extent / thread)
  const width = extent / count
  const start = rng.int(0, threads.length - 1)
  return Array.from({ length: count }, (_, index) => ({
    at: index * width,
    width,
    ink: threads[(start + index) % threads.length] ?? palette.paper,
  }))
}

type Binding = (column: number, row: number) => boolean

const bindings: Record<'plain' | 'twill' | 'herringbone' | 'basket', Binding> = {
  plain: (column, row) => (column + row) % 2 === 0,
  twill: (column, row) => (column + row) % 4 < 2,
  herringbone: (column, row) => ((Math.floor(column / 8) % 2 === 0 ? column : 7 - (column % 8)) + row) % 4 < 2,
  basket: (column, row) => (Math.floor(column / 2) + Math.floor(row / 2)) % 2 === 0,
}

/** Cloth: warp and weft in stripes, one over the other as the binding says. */
function drawCloth(rng: Rng, palette: Palette, size: Size): string {
  const thread = rng.range(20, 27)
  const warp = createBands(rng, palette, size.width, thread)
  const weft = rng.chance(0.5)
    ? createBands(rng, palette, size.height, thread)
    : createBands(rng, palette, size.height, thread * 1.02)
  const over = bindings[rng.pick(['plain', 'twill', 'twill', 'herringbone', 'basket'] as const)]
  const gap = thread * 0.09
  const layers = new Map<string, string>()
  const add = (ink: string, path: string) => layers.set(ink, (layers.get(ink) ?? '') + path)
  warp.forEach((end, column) => {
    weft.forEach((pick, row) => {
      if (over(column, row))
        add(end.ink, rectPath(end.at + gap, pick.at - gap / 2, end.width - gap * 2, pick.width + gap))
      else add(pick.ink, rectPath(end.at - gap / 2, pick.at + gap, end.width + gap, pick.width - gap * 2))
    })
  })
  const ground = `<path fill="${mix(palette.paper, inkAt(palette, 0), 0.4)}" d="${rectPath(0, 0, size.width, size.height)}"/>`
  return ground + [...layers].map(([ink, path]) => `<path fill="${ink}" d="${path}"/>`).join('')
}

/** Broad ribbons with a fine stripe along each edge, woven by hand and seen from close by. */
function drawRibbons(rng: Rng, palette: Palette, size: Size): string {
  const count = rng.int(5, 8)
  const pitch = size.width / count
  const rows = Math.round(size.height / pitch)
  const rowPitch = size.height / rows
  const warpInks = Array.from({ length: count }, () => inkAt(palette, rng.int(0, palette.inks.length - 1)))
  const weftInks = Array.from({ length: rows }, () => inkAt(palette, rng.int(0, palette.inks.length - 1)))
  const margin = pitch * 0.1
  const parts: string[] = []
  const ribbon = (x: number, y: number, width: number, height: number, ink: string, upright: boolean) => {
    parts.push(`<path fill="${ink}" d="${rectPath(x, y, width, height)}"/>`)
    const lines = [0.12, 0.3, 0.5, 0.7, 0.88].map((share) =>
      upright
        ? `M${num(x + width * share)} ${num(y)}v${num(height)}`
        : `M${num(x)} ${num(y + height * share)}h${num(width)}`,
    )
    parts.push(
      `<path fill="none" stroke="${palette.paper}" stroke-width="${num(pitch * 0.026)}" d="${lines.join('')}"/>`,
    )
  }
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < count; column += 1) {
      const [x, y] = [column * pitch, row * rowPitch]
      const warp = () =>
        ribbon(
          x + margin,
          y - margin / 2,
          pitch - margin * 2,
          rowPitch + margin,
          warpInks[column] ?? palette.paper,
          true,
        )
      const weft = () =>
        ribbon(x - margin / 2, y + margin, pitch + margin, rowPitch - margin * 2, weftInks[row] ?? palette.paper, false)
      if ((row + column) % 2 === 0) warp()
      else weft()
    }
  }
  return parts.join('')
}

/** Hitomezashi: running stitches, one way or the other a row, that close into shapes by themselves; each shape is filled by parity. */
function drawStitches(rng: Rng, palette: Palette, size: Size): string {
  const columns = rng.int(17, 23)
  const cell = size.width / columns
  const rows = Math.round(size.height / cell)
  const bias = rng.pick([0.5, 0.5, 0.3])
  const across = Array.from({ length: rows + 1 }, () => rng.chance(bias))
  const down = Array.from({ length: columns + 1 }, () => rng.chance(bias))
  const dash = (on: boolean, index: number) => (index % 2 === 0) === on
  let stitches = ''
  let filled = ''
  let rowParity = false
  for (let row = 0; row < rows; row += 1) {
    if (row > 0 && dash(across[row] ?? false, 0)) rowParity = !rowParity
    let parity = rowParity
    for (let column = 0; column < columns; column += 1) {
      if (column > 0 && dash(down[column] ?? false, row)) parity = !parity
      if (parity) filled += rectPath(column * cell, row * cell, cell + 0.4, cell + 0.4)
      if (dash(across[row] ?? false, column)) stitches += `M${num(column * cell)} ${num(row * cell)}h${num(cell)}`
      if (dash(down[column] ?? false, row)) stitches += `M${num(column * cell)} ${num(row * cell)}v${num(cell)}`
    }
  }
  const tint = inkAt(palette, rng.int(1, palette.inks.length - 1))
  return (
    `<path fill="${tint}" d="${filled}"/>` +
    `<path fill="none" stroke="${inkAt(palette, 0)}" stroke-width="${num(cell * 0.17)}" stroke-linecap="round" d="${stitches}"/>`
  )
}

/** Weaves: cloth, ribbons and stitches on a square grid. */
export const drawWeave: DrawArt = (rng, palette, size) => {
  const kind = rng.pick(['cloth', 'cloth', 'ribbons', 'stitches'] as const)
  if (kind === 'ribbons') return drawRibbons(rng, palette, size)
  return kind === 'stitches' ? drawStitches(rng, palette, size) : drawCloth(rng, palette, size)
}
