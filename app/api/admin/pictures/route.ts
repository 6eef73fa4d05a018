import { revalidateTag } from 'next/cache'
import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { CATALOGUE_TAG, productTag } from '@/lib/catalog/cache'
import { PICTURE_BYTES_MAX } from '@/lib/domain/picture-upload'
import { Alt } from '@/lib/domain/product'
import { addPicture } from '@/lib/pictures/add-picture'
import { getEnvironment } from '@/lib/runtime/env'
import { atUploadDoor, readFile } from '@/lib/web/admin-upload'

import { pictureProblem, readShown } from '../../../admin/products/[productId]/picture-texts'

const Id = z.coerce.number().int().min(0).max(999_999_999).catch(0)
const productOf = (asked: URLSearchParams) => Id.parse(asked.get('product'))

/** A picture for a product, in the form of its page. */
export async function POST(request: Request): Promise<Response> {
  const productId = productOf(new URL(request.url).searchParams)
  const page = `/admin/products/${productId}`
  const door = {
    permission: 'catalogue.edit',
    form: 'picture',
    pageOf: () => page,
    maxBytes: PICTURE_BYTES_MAX,
    tooLarge: pictureProblem('too_many_bytes'),
  } as const
  return atUploadDoor(request, door, async (admin, formData, { done, refuse }) => {
    const typed = formData.get('alt')
    const alt = Alt.safeParse(typeof typed === 'string' ? typed : '')
    const file = readFile(formData, 'file')
    if (!alt.success || !file) {
      const errors = {
        ...(alt.success ? {} : { alt: alt.error.issues[0]?.message ?? '' }),
        ...(file ? {} : { file: 'Choose a picture.' }),
      }
      return refuse(errors, { alt: typeof typed === 'string' ? typed.slice(0, 300) : '' })
    }
    const bytes = new Uint8Array(await file.arrayBuffer())
    const { MEDIA_DIR: mediaDir } = getEnvironment()
    const picture = { productId, bytes, alt: alt.data, shows: readShown(formData), mediaDir }
    const outcome = await addPicture(adminDatabase(), admin, picture)
    switch (outcome.kind) {
      case 'done':
        for (const slug of outcome.slugs) revalidateTag(productTag(slug), { expire: 0 })
        revalidateTag(CATALOGUE_TAG, { expire: 0 })
        return done(`${page}?done=picture`)
      case 'refused':
        return refuse({ file: pictureProblem(outcome.problem) }, { alt: alt.data })
      case 'invalid':
        return refuse(outcome.errors, { alt: alt.data })
      case 'not_found':
      case 'changed_meanwhile':
        return refuse({ form: 'This product is not there any more.' }, { alt: alt.data })
    }
  })
}
