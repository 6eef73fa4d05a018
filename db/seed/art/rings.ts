import type { Point } from './drawing'

/** Heights on a lattice, row by row. */
export type HeightGrid = { columns: number; rows: number; cell: number; heights: Float64Array }

/** Edges that the level line crosses, for each of the sixteen ways four corners can lie above or below it (marching squares). */
const CROSSINGS: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[3, 2]],
  [[2, 1]],
  [[3, 1]],
  [[1, 0]],
  [
    [3, 0],
    [1, 2],
  ],
  [[2, 0]],
  [[3, 0]],
  [[0, 3]],
  [[0, 2]],
  [
    [0, 1],
    [2, 3],
  ],
  [[0, 1]],
  [[1, 3]],
  [[1, 2]],
  [[2, 3]],
  [],
]

/** The closed rings around everything at or above `level`. The outermost lattice points count as below, so that every ring closes. */
export function levelRings(grid: HeightGrid, level: number): Point[][] {
  const { columns, rows, cell } = grid
  const heightAt = (column: number, row: number) =>
    column <= 0 || row <= 0 || column >= columns - 1 || row >= rows - 1
      ? level - 0.08
      : (grid.heights[row * columns + column] ?? 0)
  const share = (a: number, b: number) => (a === b ? 0.5 : Math.min(Math.max((level - a) / (b - a), 0), 1))
  const next = new Map<number, { to: number; point: Point }>()

  for (let row = 0; row < rows - 1; row += 1) {
    for (let column = 0; column < columns - 1; column += 1) {
      const nw = heightAt(column, row)
      const ne = heightAt(column + 1, row)
      const se = heightAt(column + 1, row + 1)
      const sw = heightAt(column, row + 1)
      const index = (nw >= level ? 8 : 0) + (ne >= level ? 4 : 0) + (se >= level ? 2 : 0) + (sw >= level ? 1 : 0)
      const edges: readonly { id: number; point: Point }[] = [
        { id: (row * columns + column) * 2, point: [(column + share(nw, ne)) * cell, row * cell] },
        { id: (row * columns + column + 1) * 2 + 1, point: [(column + 1) * cell, (row + share(ne, se)) * cell] },
        { id: ((row + 1) * columns + column) * 2, point: [(column + share(sw, se)) * cell, (row + 1) * cell] },
        { id: (row * columns + column) * 2 + 1, point: [column * cell, (row + share(nw, sw)) * cell] },
      ]
      for (const [from, to] of CROSSINGS[index] ?? []) {
        const start = edges[from]
        const end = edges[to]
        if (start && end) next.set(start.id, { to: end.id, point: start.point })
      }
    }
  }
  return followRings(next)
}

function followRings(next: Map<number, { to: number; point: Point }>): Point[][] {
  const rings: Point[][] = []
  while (next.size > 0) {
    const [first] = next.keys()
    const ring: Point[] = []
    let id = first
    while (id !== undefined) {
      const step = next.get(id)
      if (!step) break
      next.delete(id)
      ring.push(step.point)
      id = step.to
    }
    if (ring.length > 5) rings.push(ring)
  }
  return rings
}
