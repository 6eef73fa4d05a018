import type { Rng } from './random'

/** Smooth noise over the plane, about -1 to 1, with features one unit across. */
export type Noise = (x: number, y: number) => number

const fade = (t: number) => t * t * t * (t * (t * 6 - 15) + 10)
const lerp = (a: number, b: number, t: number) => a + (b - a) * t

/** Perlin's gradient noise with 256 gradients on the unit circle. */
export function createNoise(rng: Rng): Noise {
  const order = rng.shuffle(Array.from({ length: 256 }, (_, index) => index))
  const gradients = order.map((value) => {
    const angle = (value / 256) * 2 * Math.PI
    return [Math.cos(angle), Math.sin(angle)] as const
  })
  const corner = (column: number, row: number, dx: number, dy: number) => {
    const inner = order[column & 255] ?? 0
    const [gx, gy] = gradients[(inner + row) & 255] ?? [0, 0]
    return gx * dx + gy * dy
  }
  return (x, y) => {
    const column = Math.floor(x)
    const row = Math.floor(y)
    const dx = x - column
    const dy = y - row
    const u = fade(dx)
    const top = lerp(corner(column, row, dx, dy), corner(column + 1, row, dx - 1, dy), u)
    const bottom = lerp(corner(column, row + 1, dx, dy - 1), corner(column + 1, row + 1, dx - 1, dy - 1), u)
    return lerp(top, bottom, fade(dy)) * 1.41
  }
}

/** Several octaves laid over each other: coarse shapes with finer ones on them. */
export function layeredNoise(noise: Noise, x: number, y: number, octaves: number): number {
  let sum = 0
  let weight = 1
  let total = 0
  for (let octave = 0; octave < octaves; octave += 1) {
    const zoom = 2 ** octave
    sum += noise(x * zoom + octave * 17.3, y * zoom - octave * 9.1) * weight
    total += weight
    weight *= 0.45
  }
  return sum / total
}
