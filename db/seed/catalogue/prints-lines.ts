import { definePrint } from './define-print'
import type { UndatedProduct } from './types'

/** Fields, contours, interference and botanicals: the works made of lines. */
export const linePrints: readonly UndatedProduct[] = [
  definePrint({
    family: 'fields',
    seed: 12,
    palette: 'ledger',
    title: 'Crossing',
    sizes: ['A3', 'A2', 'A1'],
    pictures: 5,
    depicts: 'Black, grey and red strokes that swing across the sheet in one long bend',
    description:
      'Two currents meet a third of the way down and agree to share the sheet. Each stroke is laid from the middle outwards and stops before it would touch another. The red ones are strays; about one stroke in eight is allowed to be.',
  }),
  definePrint({
    family: 'fields',
    seed: 16,
    palette: 'harbour',
    title: 'Slack Water',
    sizes: ['A3', 'A2', 'A1'],
    depicts: 'Blue, ochre and orange strokes winding into an eddy in the upper half',
    description:
      'The hour between the tides, when everything afloat turns round to look. Broad strokes were set first and fine ones poured into what was left.',
  }),
  definePrint({
    family: 'fields',
    seed: 11,
    palette: 'charcoal',
    title: 'Lantern Hour',
    depicts: 'Cream and ochre strokes curling around a point inside an arch on charcoal paper',
    description:
      'Light ink on dark paper, kept inside an arch the height of a small door. The lines circle one point low on the left and never arrive there.',
  }),
  definePrint({
    family: 'fields',
    seed: 4,
    palette: 'brickyard',
    title: 'Ploughland',
    depicts: 'Brick red, sand and slate strokes that part around a level line',
    description:
      'Three widths of stroke in the colours of fired clay. Seen from the door it is a field; from a chair it is a great many decisions about where to stop.',
  }),
  definePrint({
    family: 'fields',
    seed: 3,
    palette: 'glasshouse',
    title: 'Draught',
    stock: 'low',
    depicts: 'Fine green and apricot lines drawn round into a disc',
    description:
      'Seventy-one strokes, wound into a disc and stopped short of its edge. It wants a quiet wall and somebody who walks past it often.',
  }),
  definePrint({
    family: 'contours',
    seed: 14,
    palette: 'estuary',
    title: 'Estuary',
    pictures: 5,
    sizes: ['A4', 'A3', 'A2', 'A1'],
    depicts: 'A disc of layered heights in teal, pale blue and rust with a cream shore',
    description:
      'A river mouth that is on no map, cut at even heights and tinted from the deep up. The cream band is where you would pull up the boat. The best seller of the studio, for reasons the studio has stopped guessing at.',
  }),
  definePrint({
    family: 'contours',
    seed: 12,
    palette: 'fernery',
    title: 'Night Survey',
    depicts: 'Pale contour lines around one summit inside an arch on dark green paper',
    description: 'A single hill by lamplight. Every fifth line is heavier, as on the maps that fold badly.',
  }),
  definePrint({
    family: 'contours',
    seed: 15,
    palette: 'harbour',
    title: 'Skerries',
    depicts: 'Blue and orange contour lines filling a disc',
    description: 'Rocks just under the surface, charted in two inks. Where the lines crowd, keep off.',
  }),
  definePrint({
    family: 'contours',
    seed: 9,
    palette: 'marigold',
    title: 'Salt Pan',
    pictures: 3,
    depicts: 'Layers of cream, slate and marigold around a basin inside an arch',
    description:
      'A basin that dries from the edges inwards, in the colours it has at six in the evening. Ten layers, no two of the same tint.',
  }),
  definePrint({
    family: 'contours',
    seed: 3,
    palette: 'brickyard',
    title: 'Dry Valley',
    depicts: 'Terracotta and sand layers with small basins spread over the sheet',
    description:
      'Terracotta from edge to edge, with one hollow that might hold water in March. It warms a north-facing room without saying so.',
  }),
  definePrint({
    family: 'moire',
    seed: 12,
    palette: 'harbour',
    title: 'Echo',
    pictures: 5,
    sizes: ['A3', 'A2', 'A1'],
    depicts: 'Dark blue rings around two close centres, forming darker and lighter rays in a disc',
    description:
      'Two sets of rings around two centres a thumb apart. The rays between them are not printed; they are only there when you look.',
  }),
  definePrint({
    family: 'moire',
    seed: 11,
    palette: 'estuary',
    title: 'Reeds',
    depicts: 'Upright dark lines bending around each other inside an arch',
    description:
      'Upright lines, printed twice, the second sheet turned by a few degrees. The wind in it moves when you do.',
  }),
  definePrint({
    family: 'moire',
    seed: 14,
    palette: 'glasshouse',
    title: 'Two Lamps',
    depicts: 'Green and brown rays from two pale discs, overlapping in a circle',
    description: 'Rays from two lamps that stand too close together. Each is dull by itself; we tried.',
  }),
  definePrint({
    family: 'moire',
    seed: 8,
    palette: 'ledger',
    stock: 'low',
    title: 'Two Sets of Parallel Lines Considered Separately and Then, Against Advice, Together',
    depicts: 'Two sets of dark wavy lines overlapping in a disc',
    description:
      'The title is the instruction, in full. Both sets are plain waves of slightly different length; what happens in the middle is their own affair.',
  }),
  definePrint({
    family: 'botanicals',
    seed: 1,
    palette: 'orchard',
    title: 'Lady Fern',
    pictures: 5,
    depicts: 'A single green fern frond with paired leaflets',
    description:
      'One rule, applied thirteen times: grow a little, branch to both sides, be smaller. No fern was consulted, yet it is hard to tell it that.',
  }),
  definePrint({
    family: 'botanicals',
    seed: 19,
    palette: 'charcoal',
    title: 'Fern, Pressed at Night',
    depicts: 'A cream fern frond with ochre leaflets on charcoal paper',
    description:
      'The same rule as the green fern with another seed, on paper the colour of a stove. It leans a little to the left, as everything in the studio does.',
  }),
  definePrint({
    family: 'botanicals',
    seed: 10,
    palette: 'salt',
    title: 'Cow Parsley',
    depicts: 'Three umbels in blue, pale blue and coral, the tallest in the middle',
    description:
      'Seven rays, each with seven smaller ones, each with a dot. The hedge at the end of the lane does it the same way and takes all summer.',
  }),
  definePrint({
    family: 'botanicals',
    seed: 3,
    palette: 'marigold',
    title: 'Money Plant',
    depicts: 'A branching sprig with round leaves in rust and marigold',
    description: 'Round leaves that shrink by a twentieth at every step up the stem. Needs no watering.',
  }),
  definePrint({
    family: 'botanicals',
    seed: 8,
    palette: 'estuary',
    title: 'Verge',
    stock: 'sold-out',
    depicts: 'Seven tall branching stems with round buds in teal, blue and ochre',
    description:
      'Seven stems from one packet of rules, sown in a row. The last of the first printing has gone; a second is drying.',
  }),
]
