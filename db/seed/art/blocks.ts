import { lightness, mix } from './colour'
import { createNoise } from './noise'
import { inkAt, type DrawArt, type Palette, type Point, type Size } from './drawing'
import { num, polygon } from './path'
import type { Rng } from './random'

type Finish = 'plain' | 'hatched' | 'windows'
/** Half the width of a block's top, half its depth on the page, and the height of a storey. */
type Scale = { half: number; rise: number; storey: number }

function hatch(top: Point, edge: Point, depth: number, pitch: number): string {
  let path = ''
  for (let down = pitch / 2; down < depth; down += pitch) {
    path += `M${num(top[0])} ${num(top[1] + down)}L${num(top[0] + edge[0])} ${num(top[1] + edge[1] + down)}`
  }
  return path
}

function windows(top: Point, edge: Point, depth: number, cell: number): string {
  let path = ''
  for (let down = cell * 0.3; down < depth - cell * 0.4; down += cell * 0.62) {
    for (const share of [0.16, 0.58]) {
      const at = (along: number, below: number): Point => [
        top[0] + edge[0] * along,
        top[1] + edge[1] * along + down + below,
      ]
      path += polygon([at(share, 0), at(share + 0.26, 0), at(share + 0.26, cell * 0.34), at(share, cell * 0.34)])
    }
  }
  return path
}

/** One block standing with the middle of its top at (x, y); light falls from the upper left. */
function drawBlock(
  x: number,
  y: number,
  depth: number,
  ink: string,
  scale: Scale,
  finish: Finish,
  palette: Palette,
): string {
  const { half, rise } = scale
  const left: Point = [x - half, y]
  const right: Point = [x + half, y]
  const front: Point = [x, y + rise]
  const back: Point = [x, y - rise]
  const night =
    lightness(palette.paper) > 0.5 ? mix(palette.inks[0], '#15171c', 0.45) : mix(palette.paper, '#0d0f12', 0.3)
  const top = mix(ink, '#fff8ea', 0.4)
  const dark = mix(ink, night, 0.62)
  const face = (fill: string, points: Point[]) => `<path fill="${fill}" stroke="${fill}" d="${polygon(points)}"/>`
  let drawing =
    face(ink, [left, front, [x, front[1] + depth], [left[0], y + depth]]) +
    face(dark, [front, right, [right[0], y + depth], [x, front[1] + depth]]) +
    face(top, [back, right, front, left])
  if (finish === 'hatched')
    drawing += `<path fill="none" stroke="${mix(dark, ink, 0.55)}" stroke-width="3.6" d="${hatch(front, [half, -rise], depth, 13)}"/>`
  if (finish === 'windows') drawing += `<path fill="${dark}" d="${windows(left, [half, rise], depth, scale.storey)}"/>`
  return drawing
}

/** A town on a square floor that floats on the sheet; some plots stay empty. */
function drawTown(rng: Rng, palette: Palette, size: Size): string {
  const noise = createNoise(rng)
  const plots = rng.int(5, 9)
  const half = Math.min((size.width * 0.48) / plots, (size.height * 0.42) / plots)
  const rise = half * 0.577
  const most = Math.max(2, Math.floor((size.height * 0.92 - plots * rise * 2) / (half * 0.9)))
  const scale: Scale = { half: half * 0.96, rise: rise * 0.96, storey: half * 0.9 }
  const finish: Finish = rng.pick(['plain', 'hatched', 'windows'])
  const wavelength = rng.range(1.8, 3.4)
  const dome = rng.range(0, 0.7)
  const ground = size.height / 2 + plots * rise + Math.min(most, 8) * scale.storey * 0.3 - rise
  const parts: string[] = []
  for (let sum = 0; sum <= 2 * (plots - 1); sum += 1) {
    for (let column = Math.max(0, sum - plots + 1); column <= Math.min(sum, plots - 1); column += 1) {
      const row = sum - column
      const centre = 1 - Math.hypot(column - plots / 2 + 0.5, row - plots / 2 + 0.5) / (plots * 0.7)
      const wave = noise(column / wavelength + 9, row / wavelength) * 0.5 + 0.5
      const wish = (wave * (1 - dome) + centre * dome) * most * 0.85 + rng.range(-1.6, 1.4)
      const storeys = Math.min(Math.max(Math.round(wish), rng.chance(0.12) ? 0 : 1), most)
      const x = size.width / 2 + (column - row) * half
      const foot = ground + (sum - 2 * (plots - 1)) * rise
      const inks = [rng.int(0, palette.inks.length - 1), rng.int(0, palette.inks.length - 1)]
      const step = rng.chance(0.4) ? rng.int(1, Math.max(storeys - 1, 1)) : storeys
      if (storeys === 0) continue
      parts.push(
        drawBlock(
          x,
          foot - step * scale.storey,
          step * scale.storey,
          inkAt(palette, inks[0] ?? 0),
          scale,
          finish,
          palette,
        ),
      )
      if (storeys > step) {
        parts.push(
          drawBlock(
            x,
            foot - storeys * scale.storey,
            (storeys - step) * scale.storey,
            inkAt(palette, inks[1] ?? 1),
            scale,
            finish,
            palette,
          ),
        )
      }
    }
  }
  return parts.join('')
}

/** Steps from edge to edge: columns cut at whole storeys, their inks following the height. */
function drawTerraces(rng: Rng, palette: Palette, size: Size): string {
  const noise = createNoise(rng)
  const across = rng.int(6, 9)
  const half = size.width / across / 2
  const scale: Scale = { half, rise: half * 0.577, storey: half * 1.15 }
  const wavelength = rng.range(1.6, 2.8)
  const most = rng.int(5, 7)
  const finish: Finish = rng.pick(['plain', 'hatched'])
  const parts: string[] = []
  const rows = Math.ceil((size.height + most * scale.storey) / scale.rise) + 3
  for (let row = -2; row < rows; row += 1) {
    for (let column = -1; column <= across; column += 1) {
      const x = column * half * 2 + (row % 2 === 0 ? 0 : half) + half
      const wave = noise(x / half / 2 / wavelength, (row * 0.42) / wavelength) * 0.75 + 0.5
      const storeys = Math.min(Math.max(Math.round(wave * most + rng.range(-0.7, 0.7)), 0), most)
      const ink = inkAt(palette, rng.chance(0.1) ? -1 : storeys)
      parts.push(
        drawBlock(
          x,
          row * scale.rise - storeys * scale.storey + scale.storey * 2,
          scale.storey * (most + 1),
          ink,
          scale,
          finish,
          palette,
        ),
      )
    }
  }
  return parts.join('')
}

/** Blocks: columns of whole storeys on a square plan, seen from a corner. */
export const drawBlocks: DrawArt = (rng, palette, size) =>
  rng.chance(0.62) ? drawTown(rng, palette, size) : drawTerraces(rng, palette, size)
