import type { Rng } from './random'

/** A paper tone and three to five inks, darkest or leading ink first. */
export type Palette = {
  readonly name: string
  readonly paper: string
  readonly inks: readonly [string, string, string, ...string[]]
}

/** Extent of a drawing in its own units; a print is 1000 wide. */
export type Size = { readonly width: number; readonly height: number }

export type Point = readonly [x: number, y: number]

/** Draws one work as an SVG fragment that fills `size`; the paper is laid under it by whoever places it. */
export type DrawArt = (rng: Rng, palette: Palette, size: Size) => string

/** The ink at a position, counted round and round the palette. */
export function inkAt(palette: Palette, index: number): string {
  const { inks } = palette
  return inks[((index % inks.length) + inks.length) % inks.length] ?? inks[0]
}

/** Name for a clip path or gradient, so that several drawings can live in one document. */
export function drawId(rng: Rng): string {
  return `a${rng.int(0, 0xfffffff).toString(36)}`
}
