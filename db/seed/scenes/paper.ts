import { lightness, mix } from '../art/colour'
import type { Size } from '../art/drawing'
import { paletteNamed } from '../art/palettes'
import { num, rectPath } from '../art/path'
import { drawWork, type Work } from '../art/works'

/** The proportion that all A sizes share; cards and notebooks are cut from the same sheet. */
export const workSize: Size = { width: 1000, height: 1414 }
export const sheetRatio = 1640 / 1160

/** The inks of a work, scaled to fill a box and cut off at its edge. */
export function inks(work: Work, x: number, y: number, width: number, height: number, size: Size = workSize): string {
  return (
    `<svg x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" viewBox="0 0 ${size.width} ${size.height}" ` +
    `preserveAspectRatio="xMidYMid slice" overflow="hidden">${drawWork(work, size)}</svg>`
  )
}

/** A print: paper with an even margin, a little more of it below, as hung prints want. */
export function sheet(work: Work, x: number, y: number, width: number): string {
  const { paper } = paletteNamed(work.palette)
  const unit = width / 1160
  const path = rectPath(x, y, width, width * sheetRatio)
  const edge = lightness(paper) > 0.5 ? mix(paper, '#ffffff', 0.6) : mix(paper, '#ffffff', 0.12)
  return (
    `<path fill="${paper}" d="${path}"/>` +
    inks(work, x + 80 * unit, y + 98 * unit, 1000 * unit, 1414 * unit) +
    `<path fill="none" stroke="${edge}" stroke-width="1.5" d="M${num(x)} ${num(y + width * sheetRatio)}V${num(y)}H${num(x + width)}"/>`
  )
}
