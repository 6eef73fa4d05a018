import { overprint } from './colour'
import { inkAt, type DrawArt, type Palette, type Point, type Size } from './drawing'
import { circlePath, num, polyline } from './path'
import type { Rng } from './random'

/** A rewriting grammar. F grows, [ and ] begin and end a branch, + and - turn, L is a leaf, K a bud; other letters only rewrite. */
type Species = {
  axiom: string
  rules: Record<string, readonly string[]>
  rounds: number
  angle: number
  shrink: number
  droop: number
  leaf: 'lance' | 'round' | 'none'
}

const species: Record<'fern' | 'willow' | 'umbel' | 'eucalyptus' | 'meadow', Species> = {
  fern: {
    axiom: 'X',
    rules: { X: ['F[+P]F[-P]X'], P: ['FLPL', 'FLPL'] },
    rounds: 13,
    angle: 52,
    shrink: 0.93,
    droop: 0.35,
    leaf: 'lance',
  },
  willow: {
    axiom: 'FX',
    rules: { X: ['F[+L]F[-L]X', 'F[+L]F[-L][+FX]X', 'F[+L]F[-L][-FX]X'] },
    rounds: 9,
    angle: 34,
    shrink: 0.94,
    droop: 0.9,
    leaf: 'lance',
  },
  umbel: {
    axiom: 'FFFFX',
    rules: {
      X: ['[+++FFU][++FFFU][+FFFU][FFFFU][-FFFU][--FFFU][---FFU]'],
      U: ['[+++FK][++FK][+FFK][FFK][-FFK][--FK][---FK]'],
    },
    rounds: 2,
    angle: 17,
    shrink: 0.92,
    droop: 0.2,
    leaf: 'round',
  },
  eucalyptus: {
    axiom: 'FX',
    rules: { X: ['F[+L]F[-L]X', 'F[+L][-L]FX', 'F[+L]F[-L][+FX]FX'] },
    rounds: 8,
    angle: 48,
    shrink: 0.95,
    droop: 0.6,
    leaf: 'round',
  },
  meadow: {
    axiom: 'FFX',
    rules: { X: ['F[+FX][-FX]FX', 'F[+FX]FX', 'F[-FX]FX', 'FFK'], K: ['K'] },
    rounds: 5,
    angle: 24,
    shrink: 0.9,
    droop: 0.3,
    leaf: 'none',
  },
}

function grow(rng: Rng, plant: Species): string {
  let text = plant.axiom
  for (let round = 0; round < plant.rounds; round += 1) {
    text = [...text].map((symbol) => (plant.rules[symbol] ? rng.pick(plant.rules[symbol]) : symbol)).join('')
  }
  return plant.leaf === 'none' ? text.replaceAll('X', 'K') : text
}

type Mark = { kind: 'leaf' | 'bud'; at: Point; heading: number; depth: number; share: number }
type Drawn = { stems: { points: Point[]; depth: number }[]; marks: Mark[] }

/** Walks the grown text like a turtle; lengths are in steps and scaled afterwards. */
function walk(rng: Rng, plant: Species, text: string): Drawn {
  const drawn: Drawn = { stems: [], marks: [] }
  type Turtle = { x: number; y: number; heading: number; step: number; depth: number; points: Point[] }
  let turtle: Turtle = { x: 0, y: 0, heading: -Math.PI / 2, step: 1, depth: 0, points: [[0, 0]] }
  const stack: Turtle[] = []
  const turn = (plant.angle / 180) * Math.PI
  const finish = () => drawn.stems.push({ points: turtle.points, depth: turtle.depth })
  const bend = rng.range(-0.03, 0.03)
  for (const symbol of text) {
    if (symbol === 'F') {
      const towardsSide = Math.cos(turtle.heading)
      turtle.heading += bend + rng.gaussian() * 0.018 + towardsSide * plant.droop * 0.05
      turtle.x += Math.cos(turtle.heading) * turtle.step
      turtle.y += Math.sin(turtle.heading) * turtle.step
      turtle.step *= plant.shrink
      turtle.points.push([turtle.x, turtle.y])
    } else if (symbol === '+') turtle.heading -= turn * rng.range(0.88, 1.12)
    else if (symbol === '-') turtle.heading += turn * rng.range(0.88, 1.12)
    else if (symbol === '[') {
      stack.push(turtle)
      turtle = {
        ...turtle,
        depth: turtle.depth + 1,
        points: [[turtle.x, turtle.y]],
        step: turtle.step * (turtle.depth === 0 ? 0.86 : 0.8),
      }
    } else if (symbol === ']') {
      finish()
      turtle = stack.pop() ?? turtle
    } else if (symbol === 'L' || symbol === 'K') {
      drawn.marks.push({
        kind: symbol === 'L' ? 'leaf' : 'bud',
        at: [turtle.x, turtle.y],
        heading: turtle.heading,
        depth: turtle.depth,
        share: turtle.step,
      })
    }
  }
  finish()
  return drawn
}

function leafPath([x, y]: Point, heading: number, length: number, width: number): string {
  const [ux, uy] = [Math.cos(heading), Math.sin(heading)]
  const p = (along: number, across: number) =>
    `${num(x + ux * along - uy * across)} ${num(y + uy * along + ux * across)}`
  return `M${p(0, 0)}C${p(length * 0.2, width)} ${p(length * 0.75, width * 0.9)} ${p(length, 0)}C${p(length * 0.75, -width * 0.9)} ${p(length * 0.2, -width)} ${p(0, 0)}Z`
}

/** Scales the plant to the height asked for; one that would lean over the edge of the sheet is drawn in, and a little slimmer. */
function fit(drawn: Drawn, foot: Point, height: number, sheetWidth: number): { scale: number; rise: number } {
  const points = drawn.stems.flatMap((stem) => stem.points)
  const margin = sheetWidth * 0.035
  const left = -Math.min(...points.map(([x]) => x), -0.1)
  const right = Math.max(...points.map(([x]) => x), 0.1)
  const tall = -Math.min(...points.map(([, y]) => y), -1)
  const scale = Math.min(height / tall, (foot[0] - margin) / left, (sheetWidth - foot[0] - margin) / right)
  return { scale, rise: Math.min(height / tall, scale * 1.4) }
}

type Plot = { foot: Point; height: number; sheetWidth: number; lead: number }

function drawPlant(
  rng: Rng,
  palette: Palette,
  kind: keyof typeof species,
  { foot, height, sheetWidth, lead }: Plot,
): string {
  const plant = species[kind]
  const drawn = walk(rng, plant, grow(rng, plant))
  const { scale, rise } = fit(drawn, foot, height, sheetWidth)
  const place = ([x, y]: Point): Point => [foot[0] + x * scale, foot[1] + y * rise]
  const stems = drawn.stems
    .filter((stem) => stem.points.length > 1)
    .map(
      (stem) =>
        `<path stroke-width="${num(Math.max(9 - stem.depth * 2.6, 3.2))}" d="${polyline(stem.points.map(place))}"/>`,
    )
  const leaves = drawn.marks.map((mark) => {
    const at = place(mark.at)
    if (mark.kind === 'bud') {
      const ink = inkAt(palette, lead + 2 + (rng.chance(0.2) ? 1 : 0))
      return `<path fill="${ink}" d="${circlePath(at[0], at[1], Math.min(Math.max(scale * mark.share * rng.range(0.3, 0.5), 8), rng.range(14, 22)))}"/>`
    }
    const size = mark.share * scale * (kind === 'fern' ? 1.15 : 1.75)
    const sides = kind === 'fern' ? [-0.85, 0.85] : [rng.range(-0.12, 0.12)]
    const slim = plant.leaf === 'round' ? 0.46 : 0.19
    return sides
      .map((side) => {
        const ink = inkAt(palette, lead + (rng.chance(0.24) ? 1 : 0) + (rng.chance(0.05) ? 1 : 0))
        return `<path fill="${ink}" d="${leafPath(at, mark.heading + side, size, size * slim)}"/>`
      })
      .join('')
  })
  return `<g fill="none" stroke="${inkAt(palette, lead)}" stroke-linecap="round" stroke-linejoin="round">${stems.join('')}</g>${leaves.join('')}`
}

/** Botanicals: plants grown by rewriting a word until it has enough leaves. */
export const drawBotanical: DrawArt = (rng, palette, size) => {
  const kinds = Object.keys(species) as (keyof typeof species)[]
  const kind = rng.pick(kinds)
  const stems = rng.pick({ fern: [1], willow: [1], umbel: [3, 5], eucalyptus: [1], meadow: [5, 7] }[kind])
  const reach: Size = { width: size.width * 0.8, height: size.height }
  const plants = Array.from({ length: stems }, (_, index) => {
    const share = stems === 1 ? 0.5 : index / (stems - 1)
    const middle = 1 - Math.abs(share - 0.5) * 2
    const height = reach.height * (stems === 1 ? 0.9 : 0.52 + 0.3 * middle + rng.range(0, 0.1))
    const foot: Point = [size.width / 2 + (share - 0.5) * reach.width * (stems === 1 ? 0 : 0.72), size.height * 0.985]
    return drawPlant(rng, palette, kind, { foot, height, sheetWidth: size.width, lead: stems === 1 ? 0 : index })
  })
  return `<g style="${overprint(palette.paper)}">${rng.shuffle(plants).join('')}</g>`
}
