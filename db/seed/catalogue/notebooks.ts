import type { PaletteName } from '../art/palettes'
import type { Family, Work } from '../art/works'
import type { Ruling } from '../scenes/scene'
import { series, slugOf } from './define-print'
import { onHandFor } from './stock'
import type { UndatedProduct } from './types'

type Cloth = readonly [name: string, swatch: string]
type Notebook = {
  family: Family
  seed: number
  palette: PaletteName
  title: string
  cloths: readonly [Cloth, Cloth]
  shows: Ruling
  priceMinor: number
  depicts: string
  description: string
}

const rulings = ['Plain', 'Dotted', 'Ruled'] as const

function defineNotebook(book: Notebook): UndatedProduct {
  const work: Work = { family: book.family, seed: book.seed, palette: book.palette }
  const { noun, code, closeUp } = series[book.family]
  const slug = slugOf(`${book.title} notebook`)
  const name = `${book.title} notebook`
  const [first, second] = book.cloths
  const shown = rulings.find((ruling) => ruling.toLowerCase() === book.shows) ?? 'Plain'
  return {
    slug,
    name,
    subtitle: `${noun} No. ${book.seed}, A5, cloth spine`,
    description: book.description,
    details: [
      { label: 'Pages', value: '176, 100 g cream paper, sewn, lies flat' },
      { label: 'Cover', value: 'Printed board with cloth spine, elastic and ribbon' },
      { label: 'Size', value: 'A5, 14.8 x 21.0 cm' },
      { label: 'Ruling', value: 'Plain, 5 mm dots or 7 mm lines' },
    ],
    categorySlugs: ['notebooks'],
    state: 'active',
    options: [
      { name: 'Ruling', values: rulings.map((value) => ({ value })) },
      { name: 'Spine', values: book.cloths.map(([value, swatch]) => ({ value, swatch })) },
    ],
    variants: rulings.flatMap((ruling) =>
      book.cloths.map(([cloth]) => {
        const sku = `NB-${code}${book.seed}-${ruling.slice(0, 3).toUpperCase()}-${cloth.slice(0, 3).toUpperCase()}`
        return {
          sku,
          optionValues: { Ruling: ruling, Spine: cloth },
          priceMinor: book.priceMinor,
          weightGrams: 340,
          onHand: onHandFor(sku, 'normal'),
        }
      }),
    ),
    images: [
      {
        key: `${slug}-${slugOf(first[0])}`,
        alt: `${book.depicts} on the cover of a notebook with ${first[0].toLowerCase()} cloth spine and elastic.`,
        work,
        scene: { kind: 'notebook', cloth: first[1] },
        optionValues: { Spine: first[0] },
      },
      {
        key: `${slug}-${slugOf(second[0])}`,
        alt: `The ${name} with ${second[0].toLowerCase()} cloth spine and elastic.`,
        work,
        scene: { kind: 'notebook', cloth: second[1] },
        optionValues: { Spine: second[0] },
      },
      {
        key: `${slug}-open`,
        alt: `The ${name} open at its ${book.shows} pages, a closed one and a pencil above it.`,
        work,
        scene: { kind: 'notebook-open', cloth: first[1], ruling: book.shows },
        optionValues: { Ruling: shown },
      },
      {
        key: `${slug}-detail`,
        alt: `Close view of the cover of the ${name}: ${closeUp}.`,
        work,
        scene: { kind: 'detail' },
      },
    ],
  }
}

const pine: Cloth = ['Pine', '#2c4f47']
const ink: Cloth = ['Ink', '#26303f']
const brick: Cloth = ['Brick', '#a2452f']
const ochre: Cloth = ['Ochre', '#c08a36']
const plum: Cloth = ['Plum', '#4e3c5c']

export const notebooks: readonly UndatedProduct[] = [
  defineNotebook({
    family: 'tiles',
    seed: 2,
    palette: 'brickyard',
    title: 'Courtyard',
    cloths: [ink, brick],
    shows: 'ruled',
    priceMinor: 1800,
    depicts: 'Large square tiles in brick red, sand and slate',
    description:
      "Tiles outside, lines within. The spine is bookbinder's cloth and takes a year of pockets without complaint.",
  }),
  defineNotebook({
    family: 'weaves',
    seed: 2,
    palette: 'orchard',
    title: 'Allotment',
    cloths: [pine, ochre],
    shows: 'dotted',
    priceMinor: 1800,
    depicts: 'Woven ribbons in green, red and ochre',
    description: 'For plans of what to sow and lists of what came up. Lies flat on a potting bench.',
  }),
  defineNotebook({
    family: 'tiles',
    seed: 16,
    palette: 'glasshouse',
    title: 'Fishscale',
    cloths: [pine, brick],
    shows: 'dotted',
    priceMinor: 1600,
    depicts: 'Green arcs in rows that look like scales',
    description: 'Rows of green arcs that nearly repeat. The paper takes a fountain pen without a ghost.',
  }),
  defineNotebook({
    family: 'contours',
    seed: 17,
    palette: 'glasshouse',
    title: 'Upland',
    cloths: [pine, ink],
    shows: 'plain',
    priceMinor: 2200,
    depicts: 'Layered heights in green with a red shore line',
    description:
      'A hill with a plain sheet behind it for whatever you saw from the top. Fits the large pocket of a small rucksack.',
  }),
  defineNotebook({
    family: 'pebbles',
    seed: 3,
    palette: 'orchard',
    title: 'Windfall',
    cloths: [ochre, pine],
    shows: 'ruled',
    priceMinor: 1800,
    depicts: 'Packed circles in greens, ochre and red',
    description: 'Apples, strictly speaking circles. For recipes, and for the corrections to recipes.',
  }),
  defineNotebook({
    family: 'fields',
    seed: 14,
    palette: 'rosehip',
    title: 'Meander',
    cloths: [brick, ink],
    shows: 'plain',
    priceMinor: 2200,
    depicts: 'Rose, navy and sage strokes flowing up the cover',
    description: 'Strokes that start together and part company. Blank within, as a diary should be.',
  }),
  defineNotebook({
    family: 'blocks',
    seed: 12,
    palette: 'heather',
    title: 'Minutes',
    cloths: [plum, pine],
    shows: 'ruled',
    priceMinor: 1600,
    depicts: 'Steps of purple, green and rose blocks',
    description: 'Steps that lead nowhere, for meetings. 176 pages is about forty of them.',
  }),
]
