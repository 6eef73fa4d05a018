import type { PaletteName } from '../art/palettes'
import type { Family, Work } from '../art/works'
import { series, slugOf } from './define-print'
import { onHandFor } from './stock'
import type { UndatedProduct } from './types'

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
