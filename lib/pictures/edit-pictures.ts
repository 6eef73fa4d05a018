import 'server-only'

import type { Database } from '@/db/client'
import { listImageRows, listOptionRows, type OptionRow } from '@/db/queries/product-desk'
import { deletePicture, numberPictures, updatePicture } from '@/db/queries/product-pictures'
import type { Admin } from '@/lib/admin/admin'
import type { Said } from '@/lib/domain/what-changed'
import { actOnProduct, type Invalid, type ProductAct, type ProductOutcome } from '@/lib/products/act-on-product'

const GONE: Invalid = { kind: 'invalid', errors: { form: 'This picture is not there any more. Reload the page.' } }

/** What a picture shows, in words for whoever cannot see it, and of which option values it is. */
export async function describePicture(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { imageId, alt, shows, ...act }: ProductAct & { imageId: number; alt: string; shows: readonly number[] },
): Promise<ProductOutcome> {
  return actOnProduct(db, admin, act, async (tx, product) => {
    const images = await listImageRows(tx, product.id)
    const image = images.find(({ id }) => id === imageId)
    if (!image) return GONE
    const optionValues = namesOf(await listOptionRows(tx, product.id), shows)
    await updatePicture(tx, { productId: product.id, imageId }, { alt, optionValues })
    const place = images.indexOf(image) + 1
    const said = (of: { alt: string; optionValues: Readonly<Record<string, string>> }): Said => ({
      [`picture ${place}`]: of.alt,
      [`picture ${place} shows`]: Object.values(of.optionValues).join(', '),
    })
    return {
      kind: 'change',
      action: 'product.pictures_changed',
      before: said(image),
      after: said({ alt, optionValues }),
    }
  })
}

/** Puts the pictures in this order, which names each of them once. */
export async function orderPictures(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { imageIds, ...act }: ProductAct & { imageIds: readonly number[] },
): Promise<ProductOutcome> {
  return actOnProduct(db, admin, act, async (tx, product) => {
    const images = await listImageRows(tx, product.id)
    const ordered = imageIds.flatMap((id) => images.find((image) => image.id === id) ?? [])
    if (new Set(ordered).size !== images.length || ordered.length !== images.length) return GONE
    await numberPictures(tx, product.id, imageIds)
    return {
      kind: 'change',
      action: 'product.pictures_changed',
      before: picturesInWords(images),
      after: picturesInWords(ordered),
    }
  })
}

/** Takes a picture from the product. Orders that show it go on showing it. */
export async function dropPicture(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { imageId, ...act }: ProductAct & { imageId: number },
): Promise<ProductOutcome> {
  return actOnProduct(db, admin, act, async (tx, product) => {
    const images = await listImageRows(tx, product.id)
    const left = images.filter(({ id }) => id !== imageId)
    if (left.length === images.length) return GONE
    await deletePicture(tx, product.id, imageId)
    await numberPictures(
      tx,
      product.id,
      left.map(({ id }) => id),
    )
    return {
      kind: 'change',
      action: 'product.pictures_changed',
      before: picturesInWords(images),
      after: picturesInWords(left),
    }
  })
}

export function picturesInWords(images: readonly { readonly alt: string }[]): Said {
  return { pictures: images.map(({ alt }, index) => `${index + 1}. ${alt}`).join('; ') }
}

/** What a picture shows, by the names of options and values. */
export function namesOf(options: readonly OptionRow[], valueIds: readonly number[]): Record<string, string> {
  const pairs = options.flatMap(({ name, values }) => {
    const value = values.find(({ id }) => valueIds.includes(id))
    return value ? [[name, value.value]] : []
  })
  return Object.fromEntries(pairs)
}
