import { describe, expect, it } from 'vitest'

import { seedCategories, seedHeroImage, seedProducts } from './catalogue'

const active = seedProducts.filter(({ state }) => state === 'active')
const variants = seedProducts.flatMap((product) => product.variants)
const images = [
  seedHeroImage,
  ...seedCategories.map(({ image }) => image),
  ...seedProducts.flatMap((product) => product.images),
]
const categorySlugs = new Set(seedCategories.map(({ slug }) => slug))

describe('the catalogue', () => {
  it('sells at least 60 products in at least 8 categories and keeps two drafts back', () => {
    expect(active.length).toBeGreaterThanOrEqual(60)
    expect(new Set(active.flatMap((product) => product.categorySlugs)).size).toBeGreaterThanOrEqual(8)
    expect(seedProducts.length - active.length).toBe(2)
  })

  it('gives every product, variant and picture a name of its own', () => {
    for (const names of [
      seedProducts.map(({ slug }) => slug),
      seedProducts.map(({ name }) => name),
      seedProducts.map(({ description }) => description),
      seedProducts.map(({ publishedOrder }) => publishedOrder),
      variants.map(({ sku }) => sku),
      images.map(({ key }) => key),
    ]) {
      expect(new Set<unknown>(names).size).toBe(names.length)
    }
  })

  it('uses slugs, keys and SKUs that are safe in addresses and file names', () => {
    for (const text of [...seedProducts.map(({ slug }) => slug), ...categorySlugs, ...images.map(({ key }) => key)])
      expect(text).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    for (const { sku } of variants) expect(sku).toMatch(/^[A-Z0-9]+(-[A-Z0-9]+)*$/)
  })

  it('has sold-out, low and well stocked goods', () => {
    const soldOut = active.filter((product) => product.variants.every(({ onHand }) => onHand === 0))
    const partly = active.filter(
      (product) => product.variants.some(({ onHand }) => onHand === 0) && !soldOut.includes(product),
    )
    expect(soldOut.length).toBeGreaterThanOrEqual(3)
    expect(partly.length).toBeGreaterThanOrEqual(3)
    expect(variants.filter(({ onHand }) => onHand >= 1 && onHand <= 5).length).toBeGreaterThanOrEqual(5)
    expect(variants.filter(({ onHand }) => onHand >= 10).length).toBeGreaterThan(variants.length / 2)
  })
})

describe('the category tree', () => {
  it('names every parent before its children and has two levels', () => {
    const parents = new Set<string>()
    for (const { slug, parentSlug } of seedCategories) {
      if (parentSlug === null) parents.add(slug)
      else expect(parents).toContain(parentSlug)
    }
  })

  it('orders the children of each parent without gaps', () => {
    for (const parent of [null, ...categorySlugs]) {
      const positions = seedCategories.filter(({ parentSlug }) => parentSlug === parent).map(({ position }) => position)
      expect(positions).toEqual(positions.map((_, index) => index))
    }
  })

  it('has goods on sale in every leaf', () => {
    const parents = new Set(seedCategories.map(({ parentSlug }) => parentSlug))
    const filled = new Set(active.flatMap((product) => product.categorySlugs))
    for (const { slug } of seedCategories.filter((category) => !parents.has(category.slug)))
      expect(filled).toContain(slug)
  })
})

describe.each(seedProducts.map((product) => [product.name, product] as const))('%s', (_, product) => {
  it('stands in a category that exists and has three to five pictures, each described', () => {
    expect(product.categorySlugs.length).toBeGreaterThan(0)
    for (const slug of product.categorySlugs) expect(categorySlugs).toContain(slug)
    expect(product.images.length).toBeGreaterThanOrEqual(3)
    expect(product.images.length).toBeLessThanOrEqual(5)
    const alts = product.images.map(({ alt }) => alt)
    for (const alt of alts) expect(alt).toMatch(/^[A-Z].{19,}\.$/)
    expect(new Set(alts).size).toBe(alts.length)
  })

  it('has one variant for each combination of its options, at a price in whole cents', () => {
    const combinations = product.options.reduce((count, { values }) => count * values.length, 1)
    const seen = new Set(
      product.variants.map(({ optionValues }) => JSON.stringify(product.options.map(({ name }) => optionValues[name]))),
    )
    expect(seen.size).toBe(combinations)
    expect(product.variants.length).toBe(combinations)
    for (const variant of product.variants) {
      expect(Object.keys(variant.optionValues)).toEqual(product.options.map(({ name }) => name))
      for (const { name, values } of product.options)
        expect(values.map(({ value }) => value)).toContain(variant.optionValues[name])
      for (const number of [variant.priceMinor, variant.weightGrams])
        expect(Number.isInteger(number) && number > 0).toBe(true)
      expect(Number.isInteger(variant.onHand) && variant.onHand >= 0).toBe(true)
    }
  })

  it('shows in its pictures only option values that it has', () => {
    for (const { optionValues = {} } of product.images) {
      for (const [name, value] of Object.entries(optionValues)) {
        expect(product.options.find((option) => option.name === name)?.values.map((entry) => entry.value)).toContain(
          value,
        )
      }
    }
  })

  it('is described in two to four sentences without exclamation', () => {
    const sentences = product.description.split(/[.?](?:\s|$)/).filter(Boolean)
    expect(sentences.length).toBeGreaterThanOrEqual(2)
    expect(sentences.length).toBeLessThanOrEqual(4)
    expect(product.description).not.toContain('!')
  })
})
