import { lightness } from '../art/colour'
import { paletteNamed, type PaletteName } from '../art/palettes'
import type { Family, Work } from '../art/works'
import type { FrameFinish } from '../scenes/scene'
import { onHandFor } from './stock'
import type { SeedImage, SeedOption, StockLevel, UndatedProduct } from './types'

/** How each family is called in names, where it hangs in the category tree and what its details show. */
export const series: Record<Family, { noun: string; code: string; category: string; closeUp: string }> = {
  fields: { noun: 'Field', code: 'FLD', category: 'fields', closeUp: 'strokes that run side by side without touching' },
  contours: { noun: 'Contour', code: 'CON', category: 'contours', closeUp: 'contour lines closing in on a summit' },
  tiles: { noun: 'Tile', code: 'TIL', category: 'tiles', closeUp: 'neighbouring tiles and the figures they make' },
  seedheads: { noun: 'Seed Head', code: 'SEE', category: 'seed-heads', closeUp: 'seeds set along crossing spirals' },
  moire: {
    noun: 'Interference',
    code: 'INT',
    category: 'interference',
    closeUp: 'two sets of lines falling in and out of step',
  },
  pebbles: {
    noun: 'Pebble',
    code: 'PEB',
    category: 'pebbles',
    closeUp: 'circles of many sizes, some hatched or ringed',
  },
  weaves: { noun: 'Weave', code: 'WEA', category: 'weaves', closeUp: 'threads passing over and under each other' },
  botanicals: {
    noun: 'Botanical',
    code: 'BOT',
    category: 'botanicals',
    closeUp: 'stems and leaves where the branches divide',
  },
  blocks: { noun: 'Block', code: 'BLO', category: 'blocks', closeUp: 'lit tops and shaded sides of the blocks' },
  gradients: {
    noun: 'Gradient',
    code: 'GRA',
    category: 'gradients',
    closeUp: 'single dots that from afar become a shade',
  },
}

const sheets = {
  A4: { size: '21.0 x 29.7 cm', bare: 2800, framed: 7000, grams: 180, framedGrams: 1400 },
  A3: { size: '29.7 x 42.0 cm', bare: 4400, framed: 10200, grams: 260, framedGrams: 2300 },
  A2: { size: '42.0 x 59.4 cm', bare: 7200, framed: 16800, grams: 420, framedGrams: 4100 },
  A1: { size: '59.4 x 84.1 cm', bare: 12000, framed: 24000, grams: 700, framedGrams: 7200 },
} as const

type SheetName = keyof typeof sheets

const frames = [
  { value: 'Unframed', code: 'NON' },
  { value: 'Oak', code: 'OAK', swatch: '#c9a06d' },
  { value: 'Black', code: 'BLK', swatch: '#2a2929' },
  { value: 'White', code: 'WHT', swatch: '#f3f0e9' },
] as const

export type PrintDefinition = {
  readonly family: Family
  readonly seed: number
  readonly palette: PaletteName
  readonly title: string
  readonly description: string
  /** What the eye sees, without article of the whole sentence: begins with a capital, ends without a stop. */
  readonly depicts: string
  readonly sizes?: readonly SheetName[]
  readonly stock?: StockLevel
  readonly state?: 'active' | 'draft'
  /** How many pictures it has, 4 unless told. */
  readonly pictures?: 3 | 4 | 5
}

export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

function imagesFor(print: PrintDefinition, work: Work, slug: string, name: string): SeedImage[] {
  const dark = lightness(paletteNamed(print.palette).paper) < 0.5
  const shelfFrame: FrameFinish = dark || print.seed % 2 === 0 ? 'black' : 'white'
  const otherFrame: FrameFinish = shelfFrame === 'black' ? 'white' : 'black'
  const label = (finish: FrameFinish) => (finish === 'black' ? 'Black' : 'White')
  const images: SeedImage[] = [
    {
      key: `${slug}-sheet`,
      alt: `${print.depicts}, printed on a sheet with a wide margin.`,
      work,
      scene: { kind: 'sheet' },
      optionValues: { Frame: 'Unframed' },
    },
    {
      key: `${slug}-oak`,
      alt: `${name} in an oak frame with a white mount, on a pale wall.`,
      work,
      scene: { kind: 'framed', frame: 'oak' },
      optionValues: { Frame: 'Oak' },
    },
    {
      key: `${slug}-detail`,
      alt: `Close view of ${name}: ${series[print.family].closeUp}.`,
      work,
      scene: { kind: 'detail' },
    },
  ]
  if (print.pictures === 3) return images
  const shelf: SeedImage = {
    key: `${slug}-shelf`,
    alt: `${name} in a ${shelfFrame} frame, standing on a shelf beside a stoneware bottle with dry stems.`,
    work,
    scene: { kind: 'shelf', frame: shelfFrame },
    optionValues: { Frame: label(shelfFrame) },
  }
  const other: SeedImage = {
    key: `${slug}-${otherFrame}`,
    alt: `${name} in a ${otherFrame} frame with a white mount, on a pale wall.`,
    work,
    scene: { kind: 'framed', frame: otherFrame },
    optionValues: { Frame: label(otherFrame) },
  }
  images.splice(2, 0, shelf)
  return print.pictures === 5 ? [...images.slice(0, 3), other, ...images.slice(3)] : images
}

const inkCounts = ['', 'one ink', 'two inks', 'three inks', 'four inks', 'five inks']

/** A print in every pairing of its sizes and frames. */
export function definePrint(print: PrintDefinition): UndatedProduct {
  const { noun, code, category } = series[print.family]
  const work: Work = { family: print.family, seed: print.seed, palette: print.palette }
  const name = `${noun} No. ${print.seed}, ${print.title}`
  const slug = slugOf(`${noun} ${print.seed} ${print.title}`).slice(0, 60).replace(/-$/, '')
  const sizes = print.sizes ?? ['A4', 'A3', 'A2']
  const inkCount = inkCounts[paletteNamed(print.palette).inks.length]
  const options: SeedOption[] = [
    { name: 'Size', values: sizes.map((value) => ({ value })) },
    {
      name: 'Frame',
      values: frames.map((frame) =>
        'swatch' in frame ? { value: frame.value, swatch: frame.swatch } : { value: frame.value },
      ),
    },
  ]
  const variants = sizes.flatMap((size) =>
    frames.map((frame) => {
      const sku = `PR-${code}${print.seed}-${size}-${frame.code}`
      const bare = frame.value === 'Unframed'
      const sheet = sheets[size]
      return {
        sku,
        optionValues: { Size: size, Frame: frame.value },
        priceMinor: bare ? sheet.bare : sheet.framed,
        weightGrams: bare ? sheet.grams : sheet.framedGrams,
        onHand: onHandFor(sku, print.stock ?? 'normal'),
      }
    }),
  )
  return {
    slug,
    name,
    subtitle: `Art print in ${inkCount}`,
    description: print.description,
    details: [
      { label: 'Paper', value: '250 g cotton paper, matt, acid-free' },
      { label: 'Ink', value: `Pigment ink, ${inkCount}` },
      { label: 'Sizes', value: sizes.map((size) => `${size}, ${sheets[size].size}`).join('; ') },
      { label: 'Frame', value: 'Solid wood, 20 mm, white mount, acrylic glass, ready to hang' },
      { label: 'Edition', value: `Open; drawn from seed ${print.seed}, signed by nobody` },
      { label: 'Sent', value: 'Rolled in a tube; framed prints flat in a box' },
    ],
    categorySlugs: [category],
    state: print.state ?? 'active',
    options,
    variants,
    images: imagesFor(print, work, slug, name),
  }
}
