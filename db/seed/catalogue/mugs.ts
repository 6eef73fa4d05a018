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
