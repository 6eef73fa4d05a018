import { num, rectPath } from '../art/path'
import { landscape, portrait } from './scene'
import type { Size } from '../art/drawing'

/** A gradient across a shape, nothing at both its sides. */
function fade(id: string, colour: string): string {
  const stop = (offset: number, opacity: number) =>
    `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`
  return `<linearGradient id="${id}" x1="0" y1="0" x2="1" y2="0">${stop(0, 0)}${stop(0.22, 0.85)}${stop(0.5, 1)}${stop(0.78, 0.85)}${stop(1, 0)}</linearGradient>`
}

/** Light comes from a window at the upper left in every picture; shadows fall down to the right. */
export const definitions =
  '<linearGradient id="table" x1="0" y1="0" x2="0.85" y2="1"><stop offset="0" stop-color="#f0ece4"/><stop offset="1" stop-color="#dcd5c9"/></linearGradient>' +
  '<linearGradient id="wall" x1="0" y1="0" x2="1" y2="0.9"><stop offset="0" stop-color="#efeae1"/><stop offset="0.55" stop-color="#e6e0d5"/><stop offset="1" stop-color="#d6cec1"/></linearGradient>' +
  '<linearGradient id="falloff" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity="0.1"/><stop offset="0.5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#2a2118" stop-opacity="0.1"/></linearGradient>' +
  '<linearGradient id="round" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#241c14" stop-opacity="0.2"/><stop offset="0.08" stop-color="#241c14" stop-opacity="0.07"/><stop offset="0.16" stop-color="#fff" stop-opacity="0.04"/><stop offset="0.3" stop-color="#fff" stop-opacity="0.17"/><stop offset="0.42" stop-color="#fff" stop-opacity="0.08"/><stop offset="0.5" stop-color="#fff" stop-opacity="0"/><stop offset="0.51" stop-color="#241c14" stop-opacity="0"/><stop offset="0.65" stop-color="#241c14" stop-opacity="0.07"/><stop offset="0.8" stop-color="#241c14" stop-opacity="0.18"/><stop offset="0.93" stop-color="#241c14" stop-opacity="0.32"/><stop offset="1" stop-color="#241c14" stop-opacity="0.3"/></linearGradient>' +
  fade('pane', '#fffaf0') +
  fade('fold', '#2a2118')

const SHADOW = '#3a2f22'

/** The pale surface on which flat things lie, seen from above. */
export function table(size: Size = portrait): string {
  return `<path fill="url(#table)" d="${rectPath(0, 0, size.width, size.height)}"/>`
}

/** A plastered wall, with the soft stripes of light that a window throws on it. */
export function wall(size: Size = portrait): string {
  const { width, height } = size
  const pane = (left: number, right: number) =>
    `<path transform="skewX(13)" fill="url(#pane)" opacity="0.3" d="${rectPath(width * left, -10, width * (right - left), height + 20)}"/>`
  const panes = size === landscape ? pane(-0.02, 0.15) + pane(0.15, 0.32) : pane(-0.18, 0.16) + pane(0.17, 0.5)
  return `<path fill="url(#wall)" d="${rectPath(0, 0, width, height)}"/>${panes}`
}

/** Wall above, table top below, seen from the front. */
export function counter(edge: number, size: Size = portrait): string {
  return (
    `${wall(size)}<path fill="url(#table)" d="${rectPath(0, edge, size.width, size.height - edge)}"/>` +
    `<path fill="${SHADOW}" opacity="0.07" d="${rectPath(0, edge - 3, size.width, 6)}"/>`
  )
}

/** A shape that casts a shadow: an upright box with rounded corners, or an ellipse around (x, y). */
export type Caster =
  | {
      readonly kind: 'box'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly corner?: number
    }
  | { readonly kind: 'ellipse'; readonly x: number; readonly y: number; readonly rx: number; readonly ry: number }

function grown(shape: Caster, by: number): string {
  if (shape.kind === 'ellipse') {
    return `<ellipse cx="${num(shape.x)}" cy="${num(shape.y)}" rx="${num(Math.max(shape.rx + by, 1))}" ry="${num(Math.max(shape.ry + by * Math.min(1, (shape.ry / shape.rx) * 2), 1))}"/>`
  }
  const corner = Math.max((shape.corner ?? 0) + by, 3)
  return `<rect x="${num(shape.x - by)}" y="${num(shape.y - by)}" width="${num(shape.width + by * 2)}" height="${num(shape.height + by * 2)}" rx="${num(corner)}"/>`
}

/** A shape whose edge fades over `spread` to either side, laid on in thin coats: an eighth of the time that a blur filter takes. */
export function soft(shape: Caster, spread: number, opacity: number, colour = SHADOW): string {
  const coats = Math.min(Math.max(Math.round(spread / 2), 6), 22)
  const each = 1 - (1 - opacity) ** (1 / coats)
  let layers = ''
  for (let coat = 0; coat < coats; coat += 1) {
    const share = 1 - (2 * coat) / (coats - 1)
    // Coats lie closer together in the middle of the edge, so that it fades out as light does.
    layers += grown(shape, spread * Math.sign(share) * Math.abs(share) ** 1.5)
  }
  return `<g fill="${colour}" fill-opacity="${each.toFixed(4)}">${layers}</g>`
}

/** The shadow of a flat thing: a wide pale one, and a tight dark one where it touches. `lift` is how far it stands off. */
export function shadowOf(shape: Caster, lift: number): string {
  return (
    `<g transform="translate(${num(lift * 1.1)} ${num(lift * 1.5)})">${soft(shape, 12 + lift * 1.8, 0.3)}</g>` +
    `<g transform="translate(${num(lift * 0.3)} ${num(lift * 0.4)})">${soft(shape, 7, 0.3)}</g>`
  )
}

export function box(x: number, y: number, width: number, height: number, corner = 0): Caster {
  return { kind: 'box', x, y, width, height, corner }
}

export function oval(x: number, y: number, rx: number, ry: number): Caster {
  return { kind: 'ellipse', x, y, rx, ry }
}

/** Brightens the side towards the window and dims the other. */
export function falloff(path: string): string {
  return `<path fill="url(#falloff)" d="${path}"/>`
}
