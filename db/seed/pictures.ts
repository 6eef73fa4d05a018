import type { Picture } from '@/lib/domain/catalog'

import type { SeedImage } from './catalogue/types'
import type { RenderedImage } from './render-images'

export type FindPicture = (image: SeedImage) => Picture

/** Joins what was rendered with its words. The answer throws for an image that was not rendered. */
export function pictureFinder(rendered: readonly RenderedImage[]): FindPicture {
  const byKey = new Map(rendered.map((image) => [image.key, image]))
  return ({ key, alt }) => {
    const image = byKey.get(key)
    if (!image) throw new Error(`The picture ${key} was not rendered`)
    return { base: image.fileBase, widths: image.widths, width: image.width, height: image.height, alt }
  }
}
