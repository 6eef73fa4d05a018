import type { Work } from '../art/works';
import type { Scene } from '../scenes/scene';
import type { SeedCategory } from './types';

function category(slug: string, name: string, parentSlug: string | null, position: number, description: string, work: Work, scene: Scene, alt: string): SeedCategory {
  return { slug, name, description, parentSlug, position, image: { key: `category-${slug}`, alt, work, scene } };
}

const oak: Scene = { kind: 'framed', frame: 'oak' };

/** Parents come before their children. */
export const categories: readonly SeedCategory[] = [
  category('prints', 'Prints', null, 0, 'Ten series of drawings on cotton paper. Each has its own rules; each sheet has its own number.', { family: 'fields', seed: 16, palette: 'harbour' }, { kind: 'shelf', frame: 'black' }, 'A print of blue and orange strokes in a black frame on a shelf.'),
  category('paper', 'Paper', null, 1, 'Cards to send and notebooks to keep, printed with the same drawings.', { family: 'weaves', seed: 2, palette: 'orchard' }, { kind: 'notebook-open', cloth: '#2c4f47', ruling: 'dotted' }, 'A notebook with woven ribbons on its cover, and an open one below it.'),
  category('objects', 'Objects', null, 2, 'Drawings that can be washed up, or filled with potatoes.', { family: 'tiles', seed: 1, palette: 'rosehip' }, { kind: 'mug-above', glaze: '#c9777a' }, 'A mug of coffee from above, beside a print of tiles.'),
  category('fields', 'Fields', 'prints', 0, 'Strokes that follow one current and never touch.', { family: 'fields', seed: 12, palette: 'ledger' }, oak, 'Black, grey and red strokes in an oak frame.'),
  category('contours', 'Contours', 'prints', 1, 'Landscapes that are on no map, cut at even heights.', { family: 'contours', seed: 14, palette: 'estuary' }, oak, 'A disc of layered heights in an oak frame.'),
  category('tiles', 'Tiles', 'prints', 2, 'One square and a few ways to lay it.', { family: 'tiles', seed: 13, palette: 'estuary' }, oak, 'Square tiles in teal, sand and rust in an oak frame.'),
  category('seed-heads', 'Seed Heads', 'prints', 3, 'Petals and seeds, each turned by the golden angle from the one before.', { family: 'seedheads', seed: 14, palette: 'salt' }, oak, 'A round flower of petals in an oak frame.'),
  category('interference', 'Interference', 'prints', 4, 'Two plain patterns of lines and the third that they make together.', { family: 'moire', seed: 12, palette: 'harbour' }, oak, 'Blue rings around two centres in an oak frame.'),
  category('pebbles', 'Pebbles', 'prints', 5, 'Circles from large to small, wherever there was still room.', { family: 'pebbles', seed: 11, palette: 'harbour' }, oak, 'An arch of packed circles in an oak frame.'),
  category('weaves', 'Weaves', 'prints', 6, 'Cloth, ribbons and stitches, over and under.', { family: 'weaves', seed: 9, palette: 'estuary' }, oak, 'A twill plaid in an oak frame.'),
  category('botanicals', 'Botanicals', 'prints', 7, 'Plants grown by rewriting a word until it has enough leaves.', { family: 'botanicals', seed: 1, palette: 'orchard' }, oak, 'A green fern in an oak frame.'),
  category('blocks', 'Blocks', 'prints', 8, 'Small towns seen from the corner, lit from the upper left.', { family: 'blocks', seed: 8, palette: 'harbour' }, oak, 'A cluster of coloured towers in an oak frame.'),
  category('gradients', 'Gradients', 'prints', 9, 'Two or three inks; every shade a matter of how many dots.', { family: 'gradients', seed: 18, palette: 'ledger' }, oak, 'A red sun of dots in an oak frame.'),
  category('cards', 'Cards', 'paper', 0, 'Folded, blank inside, with an envelope that goes with them.', { family: 'botanicals', seed: 18, palette: 'marigold' }, { kind: 'card', envelope: '#d9a64e' }, 'A card with three umbels on a marigold envelope.'),
  category('notebooks', 'Notebooks', 'paper', 1, 'Sewn, cloth-backed, A5. Plain, dotted or ruled.', { family: 'tiles', seed: 2, palette: 'brickyard' }, { kind: 'notebook', cloth: '#26303f' }, 'A notebook with tiles on its cover and a dark cloth spine.'),
  category('mugs', 'Mugs', 'objects', 0, 'Stoneware, 350 ml, with the drawing all the way round.', { family: 'weaves', seed: 10, palette: 'harbour' }, { kind: 'mug', glaze: '#2d3b52' }, 'A mug with woven ribbons and a dark blue handle.'),
  category('totes', 'Totes', 'objects', 1, 'Heavy canvas, printed by hand on one side.', { family: 'seedheads', seed: 14, palette: 'estuary' }, { kind: 'tote', cloth: '#e9dfcb' }, 'A canvas bag with a round seed head, hung from a peg.'),
];
