import type { PaletteName } from '../art/palettes'
import type { Family, Work } from '../art/works'
import { series, slugOf } from './define-print'
import { onHandFor } from './stock'
import type { StockLevel, UndatedProduct } from './types'

type Glaze = readonly [name: string, swatch: string]
type Mug = {
  family: Family
  seed: number
  palette: PaletteName
  title: string
  glazes: readonly Glaze[]
  depicts: string
  description: string
  stock?: StockLevel
}

const lower = (text: string) => text.toLowerCase()

function defineMug(mug: Mug): UndatedProduct {
  const work: Work = { family: mug.family, seed: mug.seed, palette: mug.palette }
  const { noun, code, closeUp } = series[mug.family]
  const slug = slugOf(`${mug.title} mug`)
  const name = `${mug.title} mug`
  const [first, second] = mug.glazes
  if (!first || !second) throw new Error(`${name} needs two glazes`)
  return {
    slug,
    name,
    subtitle: `${noun} No. ${mug.seed} on stoneware, 350 ml`,
    description: mug.description,
    details: [
      { label: 'Material', value: 'Stoneware, glazed inside and on the handle' },
      { label: 'Holds', value: '350 ml to a sensible level' },
      { label: 'Size', value: '9.2 cm high, 8.6 cm across' },
      { label: 'Care', value: 'Dishwasher and microwave' },
    ],
    categorySlugs: ['mugs'],
    state: 'active',
    options: [{ name: 'Colour', values: mug.glazes.map(([value, swatch]) => ({ value, swatch })) }],
    variants: mug.glazes.map(([glaze]) => {
      const sku = `MG-${code}${mug.seed}-${glaze.slice(0, 3).toUpperCase()}`
      return {
        sku,
        optionValues: { Colour: glaze },
        priceMinor: 1900,
        weightGrams: 390,
        onHand: onHandFor(sku, mug.stock ?? 'normal'),
      }
    }),
    images: [
      {
        key: `${slug}-${slugOf(first[0])}`,
        alt: `${mug.depicts} around a mug with ${lower(first[0])} handle and inside.`,
        work,
        scene: { kind: 'mug', glaze: first[1] },
        optionValues: { Colour: first[0] },
      },
      {
        key: `${slug}-${slugOf(second[0])}`,
        alt: `The ${name} with ${lower(second[0])} handle and inside.`,
        work,
        scene: { kind: 'mug', glaze: second[1] },
        optionValues: { Colour: second[0] },
      },
      {
        key: `${slug}-above`,
        alt: `The ${name} from above, full of coffee, beside the print it comes from.`,
        work,
        scene: { kind: 'mug-above', glaze: first[1] },
        optionValues: { Colour: first[0] },
      },
      {
        key: `${slug}-detail`,
        alt: `Close view of the drawing on the ${name}: ${closeUp}.`,
        work,
        scene: { kind: 'detail' },
      },
    ],
  }
}

const brick: Glaze = ['Brick', '#b5533c']
const ink: Glaze = ['Ink', '#2d3b52']
const moss: Glaze = ['Moss', '#5d7a58']
const ochre: Glaze = ['Ochre', '#d29a42']
const chalk: Glaze = ['Chalk', '#ece5d8']
const rose: Glaze = ['Rose', '#c9777a']

export const mugs: readonly UndatedProduct[] = [
  defineMug({
    family: 'tiles',
    seed: 1,
    palette: 'rosehip',
    title: 'Scullery',
    glazes: [rose, ink, chalk],
    depicts: 'Tiles with curves and bars in rose, navy and sage',
    description: 'Tiles all the way round, without a seam at the handle. Heavy enough to hold down a newspaper.',
  }),
  defineMug({
    family: 'weaves',
    seed: 10,
    palette: 'harbour',
    title: 'Deckchair',
    glazes: [ink, ochre, brick],
    depicts: 'Woven ribbons in blue, orange and ochre',
    description: 'Striped ribbons, over and under. Keeps tea warm for one chapter.',
  }),
  defineMug({
    family: 'pebbles',
    seed: 13,
    palette: 'glasshouse',
    title: 'Rockpool',
    glazes: [moss, brick],
    depicts: 'Packed circles in greens, apricot and red',
    description: 'Circles of every size that the kiln would keep sharp. Some have rings, as the best ones do.',
  }),
  defineMug({
    family: 'fields',
    seed: 8,
    palette: 'orchard',
    title: 'Long Grass',
    glazes: [moss, ochre, chalk],
    depicts: 'Green, ochre and red strokes flowing around an eye',
    description: 'Strokes that go round with you as you drink. Best from the left.',
  }),
  defineMug({
    family: 'contours',
    seed: 16,
    palette: 'salt',
    title: 'Chart',
    glazes: [ink, rose],
    depicts: 'Layered contours in coral, cream and blue',
    description: 'A coast that runs once around and meets itself. Sold out until the next firing.',
    stock: 'sold-out',
  }),
  defineMug({
    family: 'blocks',
    seed: 17,
    palette: 'marigold',
    title: 'Stacks',
    glazes: [ochre, ink, chalk],
    depicts: 'Steps of rust and marigold blocks',
    description:
      'Blocks in marigold and rust for the hour before anyone else is up. They fit together better than the day will.',
    stock: 'low',
  }),
]

type Tote = {
  family: Family
  seed: number
  palette: PaletteName
  title: string
  depicts: string
  description: string
  state?: 'active' | 'draft'
}

const natural = '#e9dfcb'
const charcoal = '#2b2a29'

function defineTote(tote: Tote): UndatedProduct {
  const work: Work = { family: tote.family, seed: tote.seed, palette: tote.palette }
  const onDark: Work = { ...work, palette: 'charcoal' }
  const { noun, code, closeUp } = series[tote.family]
  const slug = slugOf(`${tote.title} tote`)
  const name = `${tote.title} tote`
  const colours = [
    ['Natural', natural],
    ['Charcoal', charcoal],
  ] as const
  return {
    slug,
    name,
    subtitle: `${noun} No. ${tote.seed} on canvas`,
    description: tote.description,
    details: [
      { label: 'Material', value: '340 g organic cotton canvas' },
      { label: 'Size', value: '38 x 42 cm, straps 60 cm' },
      { label: 'Print', value: 'Screen-printed by hand, water-based ink' },
      { label: 'Care', value: 'Wash cold, inside out; iron around the print' },
    ],
    categorySlugs: ['totes'],
    state: tote.state ?? 'active',
    options: [{ name: 'Colour', values: colours.map(([value, swatch]) => ({ value, swatch })) }],
    variants: colours.map(([colour]) => {
      const sku = `TB-${code}${tote.seed}-${colour.slice(0, 3).toUpperCase()}`
      return {
        sku,
        optionValues: { Colour: colour },
        priceMinor: 2400,
        weightGrams: 210,
        onHand: onHandFor(sku, 'normal'),
      }
    }),
    images: [
      {
        key: `${slug}-natural`,
        alt: `${tote.depicts} on a natural canvas bag hung from a peg.`,
        work,
        scene: { kind: 'tote', cloth: natural },
        optionValues: { Colour: 'Natural' },
      },
      {
        key: `${slug}-charcoal`,
        alt: `The ${name} in charcoal, hung from a peg.`,
        work: onDark,
        scene: { kind: 'tote', cloth: charcoal },
        optionValues: { Colour: 'Charcoal' },
      },
      {
        key: `${slug}-flat`,
        alt: `The ${name} in charcoal, laid flat with its strap up.`,
        work: onDark,
        scene: { kind: 'tote-flat', cloth: charcoal },
        optionValues: { Colour: 'Charcoal' },
      },
      {
        key: `${slug}-detail`,
        alt: `Close view of the print on the ${name}: ${closeUp}.`,
        work,
        scene: { kind: 'detail' },
      },
    ],
  }
}

export const totes: readonly UndatedProduct[] = [
  defineTote({
    family: 'seedheads',
    seed: 14,
    palette: 'estuary',
    title: 'Sunflower',
    depicts: 'A round seed head in teal, ochre and blue',
    description: 'A seed head the width of a dinner plate. Carries a week of vegetables and looks as if it grew one.',
  }),
  defineTote({
    family: 'botanicals',
    seed: 1,
    palette: 'orchard',
    title: 'Fern',
    depicts: 'A green fern frond',
    description: 'One fern, front only; the back is left for mud. The straps go over a winter coat.',
  }),
  defineTote({
    family: 'blocks',
    seed: 4,
    palette: 'ledger',
    title: 'Office',
    depicts: 'A cluster of black, grey and red blocks',
    description: 'A small headquarters for a laptop and a sandwich. Stands up by itself when half full.',
  }),
  defineTote({
    family: 'moire',
    seed: 12,
    palette: 'harbour',
    title: 'Record',
    depicts: 'Blue rings around two close centres',
    description:
      'Takes a dozen long-playing records, which is also about what the rings look like. The charcoal one hides the ink of newspapers.',
  }),
  defineTote({
    family: 'gradients',
    seed: 8,
    palette: 'salt',
    title: 'Eclipse',
    depicts: 'A blue and a coral ball of dots',
    description: 'One ball passing before another. The dots are coarse enough to survive the wash.',
  }),
  defineTote({
    family: 'pebbles',
    seed: 9,
    palette: 'rosehip',
    title: 'Marble',
    state: 'draft',
    depicts: 'A round dish of navy, rose and pink circles',
    description: 'A dish of marbles at their true size. The screens are cut; the canvas is on its way.',
  }),
]
