import { definePrint } from './define-print'
import type { UndatedProduct } from './types'

/** Tiles, seed heads, pebbles, weaves, blocks and gradients: the works made of shapes. */
export const shapePrints: readonly UndatedProduct[] = [
  definePrint({
    family: 'tiles',
    seed: 13,
    palette: 'estuary',
    title: 'Kitchen Floor',
    pictures: 5,
    depicts: 'Square tiles with quarter circles, leaves and bars in teal, sand and rust',
    description:
      'Seven figures, up to four ways to lay each of them, and a preference against the same ink twice in a row. Somewhere there is a kitchen that deserves it.',
  }),
  definePrint({
    family: 'tiles',
    seed: 7,
    palette: 'night',
    title: 'Switchyard',
    depicts: 'Looping triple tracks in cream, ochre and blue on dark blue paper',
    description:
      'One tile, turned or not turned. Follow any track with a finger and you come back to where you began, or leave by the edge.',
  }),
  definePrint({
    family: 'tiles',
    seed: 14,
    palette: 'harbour',
    title: 'Fish Market',
    depicts: 'Blue arcs in rows that look like scales and waves',
    description:
      'Arcs in two blues that read as scales, waves or roof tiles, depending on lunch. The same tile throughout, turned one way or the other.',
  }),
  definePrint({
    family: 'tiles',
    seed: 3,
    palette: 'heather',
    title: 'Stairwell',
    depicts: 'Large square tiles with curves and bars in purple, rose and green',
    description:
      'Large tiles in the purples of an old stairwell, with one rose window to every floor. Calm from afar, busy on the landing.',
  }),
  definePrint({
    family: 'seedheads',
    seed: 14,
    palette: 'salt',
    title: 'Dahlia',
    pictures: 5,
    sizes: ['A4', 'A3', 'A2', 'A1'],
    depicts: 'A round flower of pointed petals in blue, coral and pale blue',
    description:
      "Every petal turns 137.5 degrees from the one before; that is all the planning there was. Count the spirals at the edge: both numbers are in Fibonacci's row.",
  }),
  definePrint({
    family: 'seedheads',
    seed: 16,
    palette: 'brickyard',
    title: 'Bonfire',
    depicts: 'Petals in brick red, sand and slate rising from the foot of the sheet',
    description:
      'A flower head seen from the ground, or a fire seen from the lane. The petals grow as they rise, so the top is always the loudest.',
  }),
  definePrint({
    family: 'seedheads',
    seed: 6,
    palette: 'night',
    title: 'Two Fairs',
    depicts: 'Two wheels of cream, ochre and blue dots on dark blue paper',
    description:
      'Two wheels of dots on night-blue paper, one large, one farther off. The dots swell and shrink along the radius and are never out of order.',
  }),
  definePrint({
    family: 'seedheads',
    seed: 17,
    palette: 'heather',
    title: 'Drift',
    stock: 'low',
    depicts: 'Petals in green, rose and purple spreading from the upper left corner',
    description:
      'The whole flower would be two metres wide; this is the corner we had paper for. The centre is upper left, in case you want to go on.',
  }),
  definePrint({
    family: 'pebbles',
    seed: 11,
    palette: 'harbour',
    title: 'Low Tide',
    pictures: 5,
    depicts: 'Packed circles in blues, ochre and orange filling an arch',
    description:
      'Circles dropped from large to small wherever there was still room, inside an arch. Some are hatched, some ringed, most left alone.',
  }),
  definePrint({
    family: 'pebbles',
    seed: 6,
    palette: 'charcoal',
    title: 'Embers',
    depicts: 'Packed circles in orange, cream and grey filling an arch on charcoal paper',
    description:
      'A grate an hour after the last log. Dark paper, four inks, and a great many attempts to fit in one more.',
  }),
  definePrint({
    family: 'pebbles',
    seed: 15,
    palette: 'heather',
    title: 'Sorting Table',
    depicts: 'Packed purple, green and rose circles, many of them in two halves',
    description:
      'Everything on the beach in order of size, as a child would do it and as a child would stop. The halves all lean the same way.',
  }),
  definePrint({
    family: 'pebbles',
    seed: 9,
    palette: 'rosehip',
    title: 'Petri',
    depicts: 'A round dish of navy, rose and pink circles',
    description: 'A dish of circles that keep a polite distance. The big one was there first.',
  }),
  definePrint({
    family: 'weaves',
    seed: 9,
    palette: 'estuary',
    title: 'Blanket, Found',
    pictures: 5,
    depicts: 'A twill plaid in teal, blue, sand and rust',
    description:
      'A twill with a sett of our own, mirrored at both ends as it ought to be. The rust thread turns up once and is the reason for the rest.',
  }),
  definePrint({
    family: 'weaves',
    seed: 3,
    palette: 'night',
    title: 'Market Cloth',
    depicts: 'A plaid in blue, cream, ochre and rust on dark blue paper',
    description:
      'A cloth of the kind that stalls are covered with when it rains, enlarged until the threads can be counted. It has not faded yet.',
  }),
  definePrint({
    family: 'weaves',
    seed: 4,
    palette: 'marigold',
    title: 'Stitch Sampler',
    depicts: 'Interlocking stepped shapes in marigold with rust stitches',
    description:
      'Running stitches, each row told only whether to begin up or down. The shapes close by themselves. Nobody here can sew.',
  }),
  definePrint({
    family: 'weaves',
    seed: 14,
    palette: 'heather',
    title: 'Ribbon Basket',
    depicts: 'Broad striped ribbons in purple, green and rose, woven over and under',
    description:
      'Broad ribbons, over and under, with five fine lines along each. The picture to hang where you would otherwise put a cushion.',
  }),
  definePrint({
    family: 'blocks',
    seed: 8,
    palette: 'harbour',
    title: 'Housing Question',
    pictures: 5,
    depicts: 'A block of blue, ochre and orange towers standing on a square plot',
    description:
      'A town on one square plot, sorted by nobody. The light comes from the upper left, where the window is in most rooms.',
  }),
  definePrint({
    family: 'blocks',
    seed: 4,
    palette: 'ledger',
    title: 'Head Office',
    pictures: 3,
    depicts: 'A cluster of black, grey and red blocks on cream paper',
    description: 'A few towers, three inks, one of them red. The gaps between are the best addresses.',
  }),
  definePrint({
    family: 'blocks',
    seed: 18,
    palette: 'charcoal',
    title: 'Old Harbour Road',
    depicts: 'Cream, ochre and orange houses with windows on charcoal paper',
    description: 'The only work in the series with windows. After dark, so you may choose who is in.',
  }),
  definePrint({
    family: 'blocks',
    seed: 12,
    palette: 'heather',
    title: 'Terraces',
    depicts: 'Steps of purple, green and rose blocks from edge to edge',
    description: 'Steps from edge to edge, cut at whole storeys. Whether they go up or down depends on the day.',
  }),
  definePrint({
    family: 'gradients',
    seed: 18,
    palette: 'ledger',
    title: 'Red Sun',
    pictures: 5,
    sizes: ['A3', 'A2', 'A1'],
    depicts: 'A red sun of dots above a dark sea under a grey sky',
    description:
      'Three inks, no tints. Every shade of the sky is a matter of how large the dots are, and the sea is only sky turned over.',
  }),
  definePrint({
    family: 'gradients',
    seed: 10,
    palette: 'brickyard',
    title: 'Kiln',
    depicts: 'A pale sun of dots over a brick red ground',
    description:
      'The warmest thing we make. From two metres it is an evening; from twenty centimetres it is 2,251 dots.',
  }),
  definePrint({
    family: 'gradients',
    seed: 2,
    palette: 'charcoal',
    title: 'Ridges',
    depicts: 'Ridges of ochre, grey, orange and cream dots on charcoal paper',
    description: 'Four ridges, each fading downwards so that the next can begin. We have climbed none of them.',
  }),
  definePrint({
    family: 'gradients',
    seed: 8,
    palette: 'salt',
    title: 'Near and Far',
    sizes: ['A4', 'A3'],
    depicts: 'A blue and a coral ball of dots, one before the other',
    description:
      "Two balls lit from the same window. Which is nearer is settled by the overprint, and not to everybody's liking.",
  }),
  definePrint({
    family: 'gradients',
    seed: 15,
    palette: 'night',
    title: 'Night Ferry',
    state: 'draft',
    depicts: 'Waves of blue, rust and ochre squares on dark blue paper',
    description: 'The crossing, in squares. Proofs are on the drying rack; it goes on sale when the blue is right.',
  }),
]
