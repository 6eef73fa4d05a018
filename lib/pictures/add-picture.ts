import 'server-only'

import type { Database } from '@/db/client'
import { findProductRow, listImageRows, listOptionRows } from '@/db/queries/product-desk'
import { insertPicture } from '@/db/queries/product-pictures'
import type { Admin } from '@/lib/admin/admin'
import { PICTURES_MAX } from '@/lib/domain/picture-upload'
import { actOnProduct, type ProductOutcome } from '@/lib/products/act-on-product'

import { namesOf, picturesInWords } from './edit-pictures'
import { renderPicture, type PictureProblem } from './render-picture'
import { dropStoredPicture, storePicture } from './store-picture'

export type AddPictureOutcome = ProductOutcome | { readonly kind: 'refused'; readonly problem: PictureProblem }

/**
 * Adds a picture at the end of a product's. What somebody else changes meanwhile does not matter to it. The files are there before the
 * row that names them.
 */
export async function addPicture(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  {
    productId,
    bytes,
    alt,
    shows,
    mediaDir,
  }: {
    productId: number
    bytes: Uint8Array
    alt: string
    /** Ids of the option values it shows; none for all of them. */
    shows: readonly number[]
    mediaDir: string
  },
): Promise<AddPictureOutcome> {
  if (!(await findProductRow(db, productId))) return { kind: 'not_found' }
  const rendered = await renderPicture(bytes)
  if (rendered.kind === 'refused') return rendered
  await storePicture(mediaDir, rendered)
  const { base, width, height, files } = rendered
  const outcome = await actOnProduct(db, admin, { productId, seenVersion: null }, async (tx) => {
    const images = await listImageRows(tx, productId)
    if (images.length >= PICTURES_MAX) {
      return { kind: 'invalid', errors: { form: `A product has at most ${PICTURES_MAX} pictures.` } }
    }
    const optionValues = namesOf(await listOptionRows(tx, productId), shows)
    const picture = { base, width, height, widths: files.map((file) => file.width), alt, optionValues }
    await insertPicture(tx, productId, { picture, position: Math.max(-1, ...images.map((each) => each.position)) + 1 })
    return {
      kind: 'change',
      action: 'product.pictures_changed',
      before: picturesInWords(images),
      after: picturesInWords([...images, { alt }]),
    }
  })
  if (outcome.kind !== 'done') await dropStoredPicture(mediaDir, rendered)
  return outcome
}
