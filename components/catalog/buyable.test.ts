import { describe, expect, it } from 'vitest'

import { explainChoice, findVariant, firstChoice, stateOf, type Buyable } from './buyable'

const PRINT: Buyable = {
  slug: 'contour-14',
  name: 'Contour No. 14',
  options: [
    { name: 'Size', values: ['A4', 'A3'].map((value) => ({ value, swatch: null })) },
    { name: 'Frame', values: ['None', 'Oak'].map((value) => ({ value, swatch: null })) },
  ],
  variants: [
    { id: 1, values: ['A4', 'None'], price: '$28.00', left: 0 },
    { id: 2, values: ['A4', 'Oak'], price: '$73.00', left: 3 },
    { id: 3, values: ['A3', 'None'], price: '$50.00', left: null },
  ],
}

describe('choosing a variant', () => {
  it('begins with something that can be bought', () => {
    expect(firstChoice(PRINT)).toEqual(['A4', 'Oak'])
  })

  it('begins with the first variant when everything is sold out', () => {
    const gone = { ...PRINT, variants: PRINT.variants.map((variant) => ({ ...variant, left: 0 })) }
    expect(firstChoice(gone)).toEqual(['A4', 'None'])
    expect(explainChoice(gone, ['A4', 'None'])).toBe('Sold out for now.')
  })

  it('finds the one variant that has every chosen value', () => {
    expect(findVariant(PRINT, ['A3', 'None'])?.id).toBe(3)
    expect(findVariant(PRINT, ['A3', 'Oak'])).toBeNull()
  })

  it('tells sold out from not made, beside the other choices as they are', () => {
    expect(stateOf(PRINT, ['A4', 'Oak'], 1, 'None')).toBe('sold_out')
    expect(stateOf(PRINT, ['A4', 'Oak'], 0, 'A3')).toBe('not_made')
    expect(stateOf(PRINT, ['A4', 'None'], 0, 'A3')).toBe('available')
  })

  it('says why a choice cannot be bought and what could be instead', () => {
    expect(explainChoice(PRINT, ['A4', 'Oak'])).toBeNull()
    expect(explainChoice(PRINT, ['A4', 'None'])).toBe('A4, None is sold out. In stock: A3; or Oak.')
    expect(explainChoice(PRINT, ['A3', 'Oak'])).toBe('A3, Oak is not made. In stock: A4; or None.')
  })

  it('needs no choice for a product without options', () => {
    const card: Buyable = { ...PRINT, options: [], variants: [{ id: 9, values: [], price: '$4.50', left: null }] }
    expect(findVariant(card, firstChoice(card))?.id).toBe(9)
  })
})
