import { createRng } from './art/random'
import { cards } from './catalogue/cards'
import { categories } from './catalogue/categories'
import { mugs } from './catalogue/mugs'
import { notebooks } from './catalogue/notebooks'
import { linePrints } from './catalogue/prints-lines'
import { shapePrints } from './catalogue/prints-shapes'
import { totes } from './catalogue/totes'
import type { SeedImage, SeedProduct, UndatedProduct } from './catalogue/types'

/** Mixes the kinds of goods, so that "new" shows more than whatever was listed last. */
function inOrderOfPublication(products: readonly UndatedProduct[]): SeedProduct[] {
  return createRng('order of publication 3')
    .shuffle(products)
    .map((product, index) => ({ ...product, publishedOrder: index + 1 }))
}

/** Everything Plotterhouse sells, drafts included, oldest first. */
export const seedProducts: readonly SeedProduct[] = inOrderOfPublication([
  ...linePrints,
  ...shapePrints,
  ...cards,
  ...notebooks,
  ...mugs,
  ...totes,
])

/** The category tree; parents come before their children. */
export const seedCategories = categories

/** The wide picture of the home page. */
export const seedHeroImage: SeedImage = {
  key: 'home-hero',
  alt: 'A large print of a red sun over a dark sea in an oak frame, above a sideboard with a stoneware bottle and three books.',
  work: { family: 'gradients', seed: 18, palette: 'ledger' },
  scene: { kind: 'room' },
}
