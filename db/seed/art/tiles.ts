import { inkAt, type DrawArt, type Palette, type Size } from './drawing'
import { num, rectPath } from './path'
import type { Rng } from './random'

type Grid = { columns: number; rows: number; cell: number }
type Layers = Map<string, string>

function add(layers: Layers, ink: string, path: string): void {
  layers.set(ink, (layers.get(ink) ?? '') + path)
}

/** Square cells that fill the size exactly in width; the rest of the height is shared above and below by the caller's clip. */
function gridFor(size: Size, columns: number): Grid {
  const cell = size.width / columns
  return { columns, rows: Math.ceil(size.height / cell - 0.02), cell }
}

/** A quarter ring around a corner of a cell, from `inner` to `outer`, as a filled path. */
function quarterRing(x: number, y: number, cell: number, turn: number, inner: number, outer: number): string {
  const corners = [
    [x, y],
    [x + cell, y],
    [x + cell, y + cell],
    [x, y + cell],
  ] as const
  const [cx, cy] = corners[turn % 4] ?? corners[0]
  const angle = (turn % 4) * (Math.PI / 2)
  const [ax, ay] = [Math.cos(angle), Math.sin(angle)]
  const [bx, by] = [Math.cos(angle + Math.PI / 2), Math.sin(angle + Math.PI / 2)]
  const point = (dx: number, dy: number, r: number) => `${num(cx + dx * r)} ${num(cy + dy * r)}`
  if (inner <= 0)
    return `M${num(cx)} ${num(cy)}L${point(ax, ay, outer)}A${num(outer)} ${num(outer)} 0 0 1 ${point(bx, by, outer)}Z`
  return (
    `M${point(ax, ay, inner)}L${point(ax, ay, outer)}A${num(outer)} ${num(outer)} 0 0 1 ${point(bx, by, outer)}` +
    `L${point(bx, by, inner)}A${num(inner)} ${num(inner)} 0 0 0 ${point(ax, ay, inner)}Z`
  )
}

/** Truchet's own idea with several tracks: every tile joins its neighbours whichever way it lies. */
function drawTracks(rng: Rng, palette: Palette, size: Size): Layers {
  const grid = gridFor(size, rng.pick([5, 6, 7]))
  const tracks = rng.pick([3, 5])
  const pitch = grid.cell / tracks
  const weight = pitch * rng.range(0.46, 0.62)
  const layers: Layers = new Map()
  for (let row = 0; row < grid.rows; row += 1) {
    for (let column = 0; column < grid.columns; column += 1) {
      const x = column * grid.cell
      const y = row * grid.cell
      const turn = rng.int(0, 1)
      for (let track = 0; track < tracks; track += 1) {
        const radius = (track + 0.5) * pitch
        // Tracks are counted from the middle outwards so that the ink stays the same from tile to tile.
        const ink = inkAt(palette, Math.abs(track - (tracks - 1) / 2))
        const reach = (other: number) => (other + 0.5) * pitch + weight / 2
        add(layers, ink, quarterRing(x, y, grid.cell, turn, radius - weight / 2, reach(track)))
        // The opposite corner's arcs end where they would run into the first corner's fan.
        if (radius < grid.cell * 0.5)
          add(layers, ink, quarterRing(x, y, grid.cell, turn + 2, radius - weight / 2, reach(track)))
      }
    }
  }
  return layers
}

function figure(rng: Rng, x: number, y: number, cell: number): string {
  const turn = rng.int(0, 3)
  const kind = rng.pick(['quarter', 'quarter', 'quarter', 'ring', 'leaf', 'dot', 'half', 'bars', 'triangle'] as const)
  if (kind === 'quarter') return quarterRing(x, y, cell, turn, 0, cell)
  if (kind === 'ring')
    return quarterRing(x, y, cell, turn, cell / 3, (cell * 2) / 3) + quarterRing(x, y, cell, turn, 0, cell / 6)
  if (kind === 'dot') {
    const r = num(cell * 0.3)
    return `M${num(x + cell * 0.2)} ${num(y + cell / 2)}a${r} ${r} 0 1 0 ${num(cell * 0.6)} 0a${r} ${r} 0 1 0 ${num(-cell * 0.6)} 0Z`
  }
  if (kind === 'half') return turn % 2 === 0 ? rectPath(x, y, cell, cell / 2) : rectPath(x, y, cell / 2, cell)
  if (kind === 'bars') {
    return [0, 2, 4]
      .map((bar) =>
        turn % 2 === 0
          ? rectPath(x, y + (bar * cell) / 6, cell, cell / 6)
          : rectPath(x + (bar * cell) / 6, y, cell / 6, cell),
      )
      .join('')
  }
  const [ax, bx] = turn % 2 === 0 ? [x, x + cell] : [x + cell, x]
  if (kind === 'triangle') return `M${num(ax)} ${num(y)}L${num(bx)} ${num(y + cell)}L${num(ax)} ${num(y + cell)}Z`
  const r = num(cell)
  return `M${num(ax)} ${num(y)}A${r} ${r} 0 0 ${turn % 2 === 0 ? 1 : 0} ${num(bx)} ${num(y + cell)}A${r} ${r} 0 0 ${turn % 2 === 0 ? 1 : 0} ${num(ax)} ${num(y)}Z`
}

/** Cut paper: each cell has a ground and one figure, seldom twice the same ink side by side. */
function drawCutouts(rng: Rng, palette: Palette, size: Size): string {
  const grid = gridFor(size, rng.pick([4, 5, 6]))
  const grounds: Layers = new Map()
  const figures: Layers = new Map()
  const inks = [palette.paper, ...palette.inks]
  let before = -1
  for (let row = 0; row < grid.rows; row += 1) {
    for (let column = 0; column < grid.columns; column += 1) {
      const x = column * grid.cell
      const y = row * grid.cell
      let ground = rng.chance(0.45) ? 0 : rng.int(0, inks.length - 1)
      if (ground === before) ground = (ground + 1) % inks.length
      const offset = rng.int(1, inks.length - 1)
      before = ground
      add(grounds, inks[ground] ?? palette.paper, rectPath(x, y, grid.cell + 0.5, grid.cell + 0.5))
      add(figures, inks[(ground + offset) % inks.length] ?? palette.paper, figure(rng, x, y, grid.cell))
    }
  }
  // A hair of stroke closes the seams that smoothing would leave between neighbouring cells.
  return `<g stroke-width="1.2">${fill(grounds, true)}${fill(figures, true)}</g>`
}

/** Diagonals, two at a time, crossing a plain cell one way or the other: a labyrinth without a way in. */
function drawLabyrinth(rng: Rng, palette: Palette, size: Size): string {
  const grid = gridFor(size, rng.pick([11, 13, 15]))
  const layers: Layers = new Map()
  const lean = rng.range(0.2, 0.8)
  for (let row = 0; row < grid.rows; row += 1) {
    for (let column = 0; column < grid.columns; column += 1) {
      const x = column * grid.cell
      const y = row * grid.cell
      const drift = 0.5 + (lean - 0.5) * Math.sin((row / grid.rows) * 5 + (column / grid.columns) * 3)
      const falling = rng.chance(drift)
      const ink = rng.chance(0.09) ? inkAt(palette, -1) : inkAt(palette, falling ? 0 : 1)
      const [from, to] = falling ? [y, y + grid.cell] : [y + grid.cell, y]
      add(layers, ink, `M${num(x)} ${num(from)}L${num(x + grid.cell)} ${num(to)}`)
    }
  }
  const weight = num(grid.cell * 0.3)
  const strokes = [...layers].map(([ink, path]) => `<path stroke="${ink}" d="${path}"/>`).join('')
  return `<g fill="none" stroke-linecap="round" stroke-width="${weight}">${strokes}</g>`
}

function fill(layers: Layers, edged = false): string {
  return [...layers]
    .map(([ink, path]) => `<path fill="${ink}"${edged ? ` stroke="${ink}"` : ''} d="${path}"/>`)
    .join('')
}

/** Tiles: one square, a few ways to lay it. */
export const drawTiles: DrawArt = (rng, palette, size) => {
  const kind = rng.pick(['tracks', 'tracks', 'cutouts', 'cutouts', 'labyrinth'] as const)
  if (kind === 'cutouts') return drawCutouts(rng, palette, size)
  if (kind === 'labyrinth') return drawLabyrinth(rng, palette, size)
  return fill(drawTracks(rng, palette, size))
}
