import type { Picture } from '@/lib/domain/catalog'

/** Where the file of a picture in one of its widths is served. */
export function pictureAddress(picture: Pick<Picture, 'base'>, width: number): string {
  return `/media/${picture.base}-${width}.webp`
}
