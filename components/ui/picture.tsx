import type { Picture as PictureData } from '@/lib/domain/catalog'

import { pictureAddress } from './picture-address'

/**
 * A picture in the sizes it was rendered in. `sizes` tells the browser how wide it will stand; `eager` is for the one
 * that is seen first. Its box is reserved by width and height, so nothing moves when it arrives.
 */
export function Picture({
  picture,
  sizes,
  eager = false,
  className,
  alt = picture.alt,
}: {
  picture: PictureData
  sizes: string
  eager?: boolean
  className?: string
  /** '' where the text beside it already says the same. */
  alt?: string
}) {
  const widths = picture.widths.toSorted((a, b) => a - b)
  const middle = widths[Math.floor((widths.length - 1) / 2)] ?? picture.width
  return (
    <img
      src={pictureAddress(picture, middle)}
      srcSet={widths.map((width) => `${pictureAddress(picture, width)} ${width}w`).join(', ')}
      sizes={sizes}
      width={picture.width}
      height={picture.height}
      alt={alt}
      loading={eager ? 'eager' : 'lazy'}
      fetchPriority={eager ? 'high' : undefined}
      decoding="async"
      className={className}
    />
  )
}
