import { mix } from '../art/colour'
import { polygon, rectPath } from '../art/path'
import type { Work } from '../art/works'
import { box, shadowOf } from './light'
import { sheet, sheetRatio } from './paper'
import type { FrameFinish } from './scene'

const finishes: Record<FrameFinish, string> = { oak: '#c9a06d', black: '#2a2929', white: '#f3f0e9' }

/** Straight grain along one side of an oak moulding. */
function grain(x: number, y: number, width: number, height: number): string {
  const upright = height > width
  const lines = [0.22, 0.46, 0.71].map((share) =>
    upright ? `M${x + width * share} ${y + 14}v${height - 28}` : `M${x + 14} ${y + height * share}h${width - 28}`,
  )
  return `<path fill="none" stroke="#8f6a3c" stroke-opacity="0.28" stroke-width="1.6" d="${lines.join('')}"/>`
}

/** A framed print behind a white mount. The frame is `width` wide and 1.384 times as high; `lift` is its depth off the wall. */
export function frame(work: Work, finish: FrameFinish, x: number, y: number, width: number, lift: number): string {
  const height = width * 1.384
  const bar = width * 0.034
  const base = finishes[finish]
  const right = x + width
  const bottom = y + height
  const [ix, iy, ir, ib] = [x + bar, y + bar, right - bar, bottom - bar]
  const side = (fill: string, points: [number, number][]) => `<path fill="${fill}" d="${polygon(points)}"/>`
  const moulding =
    side(mix(base, '#ffffff', 0.16), [
      [x, y],
      [right, y],
      [ir, iy],
      [ix, iy],
    ]) +
    side(mix(base, '#ffffff', 0.05), [
      [x, y],
      [ix, iy],
      [ix, ib],
      [x, bottom],
    ]) +
    side(mix(base, '#2a1f14', 0.12), [
      [right, y],
      [right, bottom],
      [ir, ib],
      [ir, iy],
    ]) +
    side(mix(base, '#2a1f14', 0.18), [
      [x, bottom],
      [ix, ib],
      [ir, ib],
      [right, bottom],
    ])
  const wood =
    finish === 'oak'
      ? grain(x, y, width, bar) +
        grain(x, bottom - bar, width, bar) +
        grain(x, y, bar, height) +
        grain(right - bar, y, bar, height)
      : ''
  const paperWidth = width * 0.74
  const paperX = x + (width - paperWidth) / 2
  const paperY = y + (height - paperWidth * sheetRatio) / 2 - height * 0.006
  const bevel = width * 0.008
  return (
    shadowOf(box(x, y, width, height), lift) +
    `<path fill="#fbf9f4" d="${rectPath(ix, iy, ir - ix, ib - iy)}"/>` +
    `<path fill="#d9d3c7" d="${rectPath(paperX - bevel, paperY - bevel, paperWidth + bevel * 2, paperWidth * sheetRatio + bevel * 2)}"/>` +
    sheet(work, paperX, paperY, paperWidth) +
    `<path fill="#2a2118" opacity="0.16" d="${rectPath(ix, iy, ir - ix, bar * 0.3)}${rectPath(ix, iy, bar * 0.3, ib - iy)}"/>` +
    `<path fill="#2a2118" opacity="0.07" d="${rectPath(ix, iy, ir - ix, bar * 0.75)}${rectPath(ix, iy, bar * 0.75, ib - iy)}"/>` +
    `<path fill="#ffffff" opacity="0.07" d="${polygon([
      [ix, iy],
      [ix + width * 0.5, iy],
      [ix + width * 0.06, ib],
      [ix, ib],
    ])}"/>` +
    moulding +
    wood
  )
}
