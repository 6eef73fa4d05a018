import { ActForm } from '@/components/admin/act-form'
import { FileForm } from '@/components/admin/file-form'
import { Panel } from '@/components/admin/panel'
import { SortableList } from '@/components/admin/sortable-list'
import { pictureAddress } from '@/components/ui/picture-address'
import { ALT_MAX, PICTURE_BYTES_MAX, PICTURES_MAX } from '@/lib/domain/picture-upload'
import type { ProductDesk } from '@/lib/products/product-desk'

import { removePicture, savePicture, sortPictures } from './picture-actions'
import { pictureProblem } from './picture-texts'
import type { Part } from './part'

/** The pictures in the order in which the shop shows them; the first is the one in lists. */
export async function PicturesPart({ desk, hidden, refused }: Part) {
  const { images, options, product } = desk
  const wrong = await refused('picture')
  const items = await Promise.all(
    images.map(async (image, index) => ({
      id: image.id,
      name: `Picture ${index + 1}`,
      node: <OnePicture desk={desk} index={index} hidden={hidden} refused={refused} />,
    })),
  )
  return (
    <Panel id="pictures" title={images.length === 1 ? '1 picture' : `${images.length} pictures`}>
      {images.length > 0 ? <SortableList items={items} action={sortPictures} hidden={hidden} /> : null}
      {images.length < PICTURES_MAX ? (
        <details open={images.length === 0 || wrong !== null} className="desk-more">
          <summary>Add a picture</summary>
          <FileForm
            id="picture"
            to={`/api/admin/pictures?product=${product.id}`}
            refused={wrong}
            label="Picture"
            hint={`JPEG, PNG, WebP or AVIF of at most ${PICTURE_BYTES_MAX / 1_000_000} MB. Where and with what it was taken is not kept.`}
            accept="image/jpeg,image/png,image/webp,image/avif"
            maxBytes={PICTURE_BYTES_MAX}
            tooLarge={pictureProblem('too_many_bytes')}
            fields={[altField(''), ...showsFields(options, {})]}
            submit="Add the picture"
          />
        </details>
      ) : null}
    </Panel>
  )
}

async function OnePicture({ desk, index, hidden, refused }: Part & { index: number }) {
  const { images, options } = desk
  const image = images[index]
  if (!image) return null
  const id = String(image.id)
  const ids = images.map((each) => each.id)
  const moved = (by: number) =>
    ids
      .toSpliced(index, 1)
      .toSpliced(index + by, 0, image.id)
      .join(',')
  const name = `picture ${index + 1}`
  return (
    <>
      <img
        src={pictureAddress(image, Math.min(...image.widths))}
        width={image.width}
        height={image.height}
        alt=""
        loading="lazy"
        className="desk-picture"
      />
      <div className="min-w-0 flex-1 space-y-2">
        <ActForm
          id={`picture-${id}`}
          action={savePicture}
          refused={await refused(`picture-${id}`)}
          hidden={{ ...hidden, imageId: id }}
          compact
          fields={[altField(image.alt), ...showsFields(options, image.optionValues)]}
          submit={`Save ${name}`}
          pending="Saving…"
          look="plain"
        />
        <details className="desk-more m-0! border-0! p-0!">
          <summary>Delete {name}</summary>
          <p className="mb-2 text-xs text-ink-soft">
            It goes from the product for good. Orders that show it go on showing it.
          </p>
          <ActForm
            id={`drop-picture-${id}`}
            action={removePicture}
            refused={await refused(`drop-picture-${id}`)}
            hidden={{ ...hidden, imageId: id }}
            fields={[]}
            submit={`Yes, delete ${name}`}
            pending="Deleting…"
            look="danger"
          />
        </details>
      </div>
      <span className="flex flex-col gap-1">
        {([-1, 1] as const).map((by) => (
          <ActForm
            key={by}
            id={`sort-${id}-${by}`}
            action={sortPictures}
            refused={null}
            hidden={{ ...hidden, order: moved(by) }}
            fields={[]}
            submit={by < 0 ? '↑' : '↓'}
            submitLabel={`Move ${name} ${by < 0 ? 'earlier' : 'later'}`}
            pending="…"
            look={index + by < 0 || index + by >= images.length ? 'absent' : 'icon'}
          />
        ))}
      </span>
    </>
  )
}

const altField = (value: string) =>
  ({
    kind: 'text',
    name: 'alt',
    label: 'In words, for whoever cannot see it',
    value,
    maxLength: ALT_MAX,
    wide: true,
  }) as const

/** Which choice a picture belongs to: the shop shows it when that is chosen. */
function showsFields(options: ProductDesk['options'], shown: Readonly<Record<string, string>>) {
  return options.map((option) => ({
    kind: 'select' as const,
    name: `shows.${option.id}`,
    label: `Shows ${option.name}`,
    value: String(option.values.find(({ value }) => value === shown[option.name])?.id ?? ''),
    options: [
      { value: '', label: 'Any' },
      ...option.values.map(({ id, value }) => ({ value: String(id), label: value })),
    ],
  }))
}
