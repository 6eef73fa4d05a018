import type { Point } from './drawing'

/** One decimal is a tenth of a thousandth of a print: finer than any width we render. */
export function num(value: number): string {
  const rounded = Math.round(value * 10) / 10
  return Object.is(rounded, -0) ? '0' : String(rounded)
}

const at = ([x, y]: Point) => `${num(x)} ${num(y)}`
const middle = ([ax, ay]: Point, [bx, by]: Point): Point => [(ax + bx) / 2, (ay + by) / 2]

export function polyline(points: readonly Point[]): string {
  return points.length === 0 ? '' : `M${points.map(at).join('L')}`
}

export function polygon(points: readonly Point[]): string {
  return points.length === 0 ? '' : `${polyline(points)}Z`
}

/** An open curve that starts and ends on its first and last point and is pulled by those between. */
export function smoothLine(points: readonly Point[]): string {
  const [first] = points
  const last = points.at(-1)
  if (!first || !last || points.length < 3) return polyline(points)
  let path = `M${at(first)}`
  for (let index = 1; index < points.length - 1; index += 1) {
    const control = points[index] ?? last
    const next = points[index + 1] ?? last
    path += `Q${at(control)} ${at(index === points.length - 2 ? next : middle(control, next))}`
  }
  return path
}

/** A closed curve through the middles of the edges of a ring. */
export function smoothRing(points: readonly Point[]): string {
  const [first] = points
  const last = points.at(-1)
  if (!first || !last || points.length < 3) return polygon(points)
  let path = `M${at(middle(last, first))}`
  points.forEach((point, index) => {
    path += `Q${at(point)} ${at(middle(point, points[index + 1] ?? first))}`
  })
  return `${path}Z`
}

export function circlePath(x: number, y: number, radius: number): string {
  const r = num(radius)
  return `M${num(x - radius)} ${num(y)}a${r} ${r} 0 1 0 ${num(radius * 2)} 0a${r} ${r} 0 1 0 ${num(-radius * 2)} 0Z`
}

export function rectPath(x: number, y: number, width: number, height: number): string {
  return `M${num(x)} ${num(y)}h${num(width)}v${num(height)}h${num(-width)}Z`
}
