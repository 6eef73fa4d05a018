import type { PaletteName } from '../art/palettes'
import type { Family, Work } from '../art/works'
import { series, slugOf } from './define-print'
import { onHandFor } from './stock'
import type { StockLevel, UndatedProduct } from './types'

type Card = {
  family: Family
  seed: number
  palette: PaletteName
  title: string
  envelope: string
  depicts: string
  description: string
  stock?: StockLevel
}

function defineCard(card: Card): UndatedProduct {
  const work: Work = { family: card.family, seed: card.seed, palette: card.palette }
  const { noun, code, closeUp } = series[card.family]
  const slug = slugOf(`${card.title} card`)
  const name = `${card.title} card`
  const { envelope } = card
  const packs = [
    { value: 'Single card', code: '1', priceMinor: 450, weightGrams: 22 },
    { value: 'Pack of 8', code: '8', priceMinor: 2800, weightGrams: 185 },
  ]
  return {
    slug,
    name,
    subtitle: `${noun} No. ${card.seed}, folded card with envelope`,
    description: card.description,
    details: [
      { label: 'Card', value: '300 g recycled board, folded, blank inside' },
      { label: 'Size', value: 'A6, 10.5 x 14.8 cm' },
      { label: 'Envelope', value: 'C6, 120 g, gummed flap' },
      { label: 'Ink', value: 'Soy-based, printed in the studio' },
    ],
    categorySlugs: ['cards'],
    state: 'active',
    options: [{ name: 'Pack', values: packs.map(({ value }) => ({ value })) }],
    variants: packs.map((pack) => {
      const sku = `CD-${code}${card.seed}-${pack.code}`
      return {
        sku,
        optionValues: { Pack: pack.value },
        priceMinor: pack.priceMinor,
        weightGrams: pack.weightGrams,
        onHand: onHandFor(sku, card.stock ?? 'normal'),
      }
    }),
    images: [
      {
        key: `${slug}-envelope`,
        alt: `${card.depicts} on a card that lies on its envelope.`,
        work,
        scene: { kind: 'card', envelope },
        optionValues: { Pack: 'Single card' },
      },
      {
        key: `${slug}-standing`,
        alt: `The ${name} standing open on a table, the envelope before it.`,
        work,
        scene: { kind: 'card-standing', envelope },
      },
      {
        key: `${slug}-pack`,
        alt: `Eight ${card.title} cards in a paper band on their envelopes.`,
        work,
        scene: { kind: 'card-pack', envelope },
        optionValues: { Pack: 'Pack of 8' },
      },
      { key: `${slug}-detail`, alt: `Close view of the ${name}: ${closeUp}.`, work, scene: { kind: 'detail' } },
    ],
  }
}

export const cards: readonly UndatedProduct[] = [
  defineCard({
    family: 'seedheads',
    seed: 4,
    palette: 'plaster',
    title: 'Aster',
    envelope: '#c98f78',
    depicts: 'A round flower of pointed petals in brown and rose',
    description: 'For thanks, mostly. Says what it means and leaves the left-hand page to you.',
  }),
  defineCard({
    family: 'botanicals',
    seed: 18,
    palette: 'marigold',
    title: 'Fennel',
    envelope: '#d9a64e',
    depicts: 'Three umbels in marigold, rust and slate',
    description: 'Three heads of fennel gone to seed. Suits birthdays in late summer and people who cook.',
  }),
  defineCard({
    family: 'botanicals',
    seed: 9,
    palette: 'harbour',
    title: 'Hedgerow',
    envelope: '#6d92b0',
    depicts: 'Five umbels crowded together in blue, ochre and orange',
    description: 'Five umbels that would not stand still. A cheerful card that does not say so on the front.',
  }),
  defineCard({
    family: 'gradients',
    seed: 7,
    palette: 'harbour',
    title: 'Two Moons',
    envelope: '#c97a56',
    depicts: 'A large blue and a small orange ball of dots',
    description: 'A big one and a small one, lit from the same side. Bought for births, and by astronomers.',
  }),
  defineCard({
    family: 'gradients',
    seed: 11,
    palette: 'heather',
    title: 'Late Ferry',
    envelope: '#8d7794',
    depicts: 'A green sun of dots over a purple sea',
    description:
      'A green sun over a purple sea, which happens about twice a year. Good for goodbyes of the better kind.',
  }),
  defineCard({
    family: 'tiles',
    seed: 8,
    palette: 'marigold',
    title: 'Patio',
    envelope: '#3f6067',
    depicts: 'Square tiles with curves and bars in marigold, rust and slate',
    description: 'A few square tiles, warm underfoot. A housewarming card for people who already have a plant.',
  }),
  defineCard({
    family: 'pebbles',
    seed: 12,
    palette: 'salt',
    title: 'Shingle',
    envelope: '#9fb3c6',
    depicts: 'Packed circles in blue and coral filling an arch',
    description: 'An arch of pebbles, no two the same size. For anyone who comes home with stones in the pockets.',
  }),
  defineCard({
    family: 'weaves',
    seed: 12,
    palette: 'glasshouse',
    title: 'Picnic',
    envelope: '#7fa892',
    depicts: 'A twill plaid in apricot, green and red',
    description: 'A square of the rug, with no ants. An invitation that needs only a date.',
  }),
  defineCard({
    family: 'fields',
    seed: 7,
    palette: 'plaster',
    title: 'Whirl',
    envelope: '#8a9a98',
    depicts: 'Brown, rose and green strokes winding into a spiral',
    description:
      'Strokes that wind in towards one point and stop just short of it. Sorry, congratulations and hello all fit.',
    stock: 'low',
  }),
  defineCard({
    family: 'contours',
    seed: 19,
    palette: 'heather',
    title: 'Moor',
    envelope: '#b79ac0',
    depicts: 'Layered heights in purple and green inside an arch',
    description: 'High ground in August. The green patch is a lake, or a mistake in the survey.',
  }),
  defineCard({
    family: 'blocks',
    seed: 11,
    palette: 'brickyard',
    title: 'New Address',
    envelope: '#c2a27c',
    depicts: 'A small cluster of brick red and sand houses with windows',
    description:
      'For telling people that you have moved. There is room under the fold for the directions they will not follow.',
  }),
  defineCard({
    family: 'moire',
    seed: 10,
    palette: 'rosehip',
    title: 'Loudhailer',
    envelope: '#d39a94',
    depicts: 'Red rays from two pale discs inside an arch',
    description:
      'Red rays from two points, at the volume of a brass band heard through a wall. Between printings at the moment.',
    stock: 'sold-out',
  }),
]
