import { drawBlocks } from './blocks'
import { drawBotanical } from './botanicals'
import { drawContours } from './contours'
import type { DrawArt, Size } from './drawing'
import { drawField } from './fields'
import { drawGradient } from './gradients'
import { drawMoire } from './moire'
import { paletteNamed, type PaletteName } from './palettes'
import { drawPebbles } from './pebbles'
import { createRng } from './random'
import { drawSeedheads } from './seedheads'
import { drawTiles } from './tiles'
import { drawWeave } from './weaves'

const families = {
  fields: drawField,
  contours: drawContours,
  tiles: drawTiles,
  seedheads: drawSeedheads,
  moire: drawMoire,
  pebbles: drawPebbles,
  weaves: drawWeave,
  botanicals: drawBotanical,
  blocks: drawBlocks,
  gradients: drawGradient,
} as const satisfies Record<string, DrawArt>

export type Family = keyof typeof families

export const familyNames = Object.keys(families) as Family[]

/** All it takes to draw a work again. */
export type Work = { readonly family: Family; readonly seed: number; readonly palette: PaletteName }

/** The inks of a work as an SVG fragment of the given size, without the paper. The same work and size give the same bytes. */
export function drawWork(work: Work, size: Size): string {
  return families[work.family](createRng(`${work.family} ${work.seed}`), paletteNamed(work.palette), size)
}
