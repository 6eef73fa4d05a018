import { overprint } from './colour'
import { createMask } from './mask'
import { drawId, inkAt, type DrawArt, type Point, type Size } from './drawing'
import { circlePath, num, polyline, smoothLine } from './path'
import type { Rng } from './random'

function circlesAround(centre: Point, pitch: number, reach: number): string {
  let path = ''
  for (let radius = pitch; radius < reach; radius += pitch) path += circlePath(centre[0], centre[1], radius)
  return path
}

/** Two or three sets of rings around neighbouring centres. */
function drawRipples(rng: Rng, size: Size, pitch: number): string[] {
  const reach = Math.hypot(size.width, size.height)
  const x = size.width * rng.range(0.35, 0.65)
  const y = size.height * rng.range(0.3, 0.7)
  const away = size.width * rng.range(0.1, 0.3)
  const angle = rng.range(0, 2 * Math.PI)
  return Array.from({ length: rng.int(2, 3) }, (_, index) => {
    const turn = angle + index * 2.2
    return circlesAround(
      [x + Math.cos(turn) * away * index, y + Math.sin(turn) * away * index],
      pitch * (1 + index * 0.06),
      reach,
    )
  })
}

/** Parallel lines that bow around a swelling, printed twice with the second sheet slightly turned. */
function drawSwell(rng: Rng, size: Size, pitch: number): string[] {
  const centreX = size.width * rng.range(0.35, 0.65)
  const centreY = size.height * rng.range(0.35, 0.65)
  const reach = size.width * rng.range(0.28, 0.42)
  const push = reach * rng.range(0.28, 0.4)
  return [0, 1].map((sheet) => {
    const tilt = sheet * rng.range(0.04, 0.09)
    let path = ''
    for (let line = -14; line * pitch < size.width + 14 * pitch; line += 1) {
      const points: Point[] = []
      for (let y = -40; y <= size.height + 40; y += 24) {
        const x = line * pitch + (y - size.height / 2) * tilt
        const dx = x - centreX
        const dy = y - centreY
        const bow = Math.exp(-(dx * dx + dy * dy) / (reach * reach))
        points.push([x + (dx / reach) * push * bow * (sheet === 0 ? 1 : 0.7), y + (dy / reach) * push * bow])
      }
      path += smoothLine(points)
    }
    return path
  })
}

/** Rays from two points low and high, like two lamps behind blinds. */
function drawRays(rng: Rng, size: Size, pitch: number): string[] {
  const reach = Math.hypot(size.width, size.height) * 1.3
  const rays = Math.round((Math.PI * size.width * 0.9) / pitch)
  const offset = rng.range(0.06, 0.16)
  return [-1, 1].map((side) => {
    const x = size.width * (0.5 + side * offset)
    const y = size.height * (0.5 + side * offset * 0.8)
    let path = ''
    for (let ray = 0; ray < rays; ray += 1) {
      const angle = ((ray + (side > 0 ? 0.5 : 0)) / rays) * 2 * Math.PI
      const foot = size.width * 0.1
      path += polyline([
        [x + Math.cos(angle) * foot, y + Math.sin(angle) * foot],
        [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach],
      ])
    }
    return path
  })
}

/** Two waves of horizontal lines with different periods, one ink each. */
function drawTides(rng: Rng, size: Size, pitch: number): string[] {
  return [0, 1].map((sheet) => {
    const period = size.width * rng.range(0.5, 1.1)
    const phase = rng.range(0, 6)
    const height = size.height * rng.range(0.03, 0.07)
    let path = ''
    for (let y = -height * 2; y < size.height + height * 2; y += pitch * (1 + sheet * 0.05)) {
      const points: Point[] = []
      for (let x = -30; x <= size.width + 30; x += 30) {
        const calm = Math.sin((y / size.height) * Math.PI)
        points.push([x, y + Math.sin((x / period) * 2 * Math.PI + phase + y / size.height) * height * calm])
      }
      path += smoothLine(points)
    }
    return path
  })
}

/** Interference: two plain line patterns that make a third, which nobody drew. */
export const drawMoire: DrawArt = (rng, palette, size) => {
  const pitch = rng.range(20, 28)
  const kind = rng.pick(['ripples', 'ripples', 'swell', 'rays', 'tides'] as const)
  const draw = { ripples: drawRipples, swell: drawSwell, rays: drawRays, tides: drawTides }[kind]
  const sheets = draw(rng, size, pitch)
  const mask = createMask(rng.pick(['sheet', 'circle', 'circle', 'arch']), size)
  const id = drawId(rng)
  const lead = rng.int(0, palette.inks.length - 1)
  const weight = num(pitch * (sheets.length > 2 ? 0.36 : 0.46))
  const strokes = sheets.map((path, index) => {
    const ink = inkAt(palette, lead + index * (palette.inks.length > 3 ? 3 : 2))
    return `<path style="${overprint(palette.paper)}" stroke="${ink}" d="${path}"/>`
  })
  return (
    `<clipPath id="${id}"><path d="${mask.path}"/></clipPath>` +
    `<g clip-path="url(#${id})" fill="none" stroke-width="${weight}">${strokes.join('')}</g>`
  )
}
