import {
  PICTURE_BYTES_MAX,
  PICTURE_PIXELS_MAX,
  PICTURE_RATIO_MAX,
  PICTURE_WIDTH_MIN,
} from '@/lib/domain/picture-upload'
import type { PictureProblem } from '@/lib/pictures/render-picture'

/** What is wrong with a picture, and what to do about it. */
export function pictureProblem(problem: PictureProblem): string {
  switch (problem) {
    case 'empty':
      return 'This file is empty.'
    case 'too_many_bytes':
      return `This file has more than ${PICTURE_BYTES_MAX / 1_000_000} MB. Save it smaller, as JPEG or WebP.`
    case 'wrong_type':
      return 'This is no JPEG, PNG, WebP or AVIF, whatever it is called. Save it as one of those.'
    case 'something_else':
      return 'There is something else in this file besides a picture. Open it in a picture editor and save it anew.'
    case 'too_many_pixels':
      return `This picture has more than ${PICTURE_PIXELS_MAX / 1_000_000} million pixels. Save it smaller.`
    case 'too_small':
      return `This picture is less than ${PICTURE_WIDTH_MIN} pixels wide, which would look blurred.`
    case 'too_long':
      return `One side of this picture is more than ${PICTURE_RATIO_MAX} times as long as the other. Cut it.`
    case 'moving':
      return 'This picture moves. Save one frame of it.'
    case 'broken':
      return 'This picture cannot be read to its end. Save it anew in a picture editor.'
  }
}

/** The option values a picture's form says that it shows. */
export function readShown(formData: FormData): number[] {
  return [...formData].flatMap(([name, value]) =>
    /^shows\.\d{1,9}$/.test(name) && typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? [Number(value)] : [],
  )
}
