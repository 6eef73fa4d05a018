import type { Size } from './drawing'
import { circlePath, num, rectPath } from './path'

export type MaskKind = 'sheet' | 'circle' | 'arch'

/** The outline that a drawing fills: the whole sheet, a disc in its middle, or an arched window. */
export type Mask = {
  readonly path: string
  /** Whether a disc of radius `reach` around the point lies inside. */
  contains(x: number, y: number, reach: number): boolean
}

function circleMask({ width, height }: Size): Mask {
  const radius = Math.min(width, height) * 0.5
  const centreX = width / 2
  const centreY = height * 0.5
  return {
    path: circlePath(centreX, centreY, radius),
    contains: (x, y, reach) => Math.hypot(x - centreX, y - centreY) + reach <= radius,
  }
}

function archMask({ width, height }: Size): Mask {
  const inset = width * 0.04
  const radius = width / 2 - inset
  const spring = Math.max(height * 0.03 + radius, height * 0.42)
  const bottom = height * 0.97
  const r = num(radius)
  return {
    path: `M${num(inset)} ${num(bottom)}V${num(spring)}A${r} ${r} 0 0 1 ${num(width - inset)} ${num(spring)}V${num(bottom)}Z`,
    contains: (x, y, reach) =>
      y < spring
        ? Math.hypot(x - width / 2, y - spring) + reach <= radius
        : x - reach >= inset && x + reach <= width - inset && y + reach <= bottom,
  }
}

export function createMask(kind: MaskKind, size: Size): Mask {
  if (kind === 'circle') return circleMask(size)
  if (kind === 'arch') return archMask(size)
  return {
    path: rectPath(0, 0, size.width, size.height),
    contains: (x, y, reach) => x - reach >= 0 && y - reach >= 0 && x + reach <= size.width && y + reach <= size.height,
  }
}
