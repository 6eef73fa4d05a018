import { and, eq } from 'drizzle-orm'

import type { ProductPicture } from '@/lib/domain/catalog'

import type { Transaction } from '../client'
import { productImages } from '../schema/catalog'

/** Adds a picture at `position`, which must be free. */
export async function insertPicture(
  tx: Transaction,
  productId: number,
  { picture, position }: { picture: ProductPicture; position: number },
): Promise<void> {
  const { base, widths, width, height, alt, optionValues } = picture
  await tx
    .insert(productImages)
    .values({ productId, position, base, widths: [...widths], width, height, alt, optionValues: { ...optionValues } })
}

export async function updatePicture(
  tx: Transaction,
  { productId, imageId }: { productId: number; imageId: number },
  values: { alt: string; optionValues: Record<string, string> },
): Promise<void> {
  await tx
    .update(productImages)
    .set(values)
    .where(and(eq(productImages.id, imageId), eq(productImages.productId, productId)))
}

/** Numbers pictures in this order. The constraint on positions looks at commit, so they may pass each other. */
export async function numberPictures(tx: Transaction, productId: number, imageIds: readonly number[]): Promise<void> {
  for (const [position, imageId] of imageIds.entries()) {
    await tx
      .update(productImages)
      .set({ position })
      .where(and(eq(productImages.id, imageId), eq(productImages.productId, productId)))
  }
}

/** Takes the row away. Its files stay: orders show what was bought as it was then. */
export async function deletePicture(tx: Transaction, productId: number, imageId: number): Promise<void> {
  await tx.delete(productImages).where(and(eq(productImages.id, imageId), eq(productImages.productId, productId)))
}
