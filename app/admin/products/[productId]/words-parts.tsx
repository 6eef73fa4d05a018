import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { DESCRIPTION_MAX, NAME_MAX, SLUG_MAX, SUBTITLE_MAX, writeDetails } from '@/lib/domain/product'

import { saveDescription, saveNames } from './actions'
import type { Part } from './part'

export async function NamesPart({ desk: { product }, hidden, refused }: Part) {
  return (
    <Panel id="names" title="Name and address">
      <ActForm
        id="names"
        action={saveNames}
        refused={await refused('names')}
        hidden={hidden}
        compact
        fields={[
          { kind: 'text', name: 'name', label: 'Name', value: product.name, maxLength: NAME_MAX },
          {
            kind: 'text',
            name: 'subtitle',
            label: 'Line below it',
            value: product.subtitle,
            maxLength: SUBTITLE_MAX,
            optional: true,
          },
          {
            kind: 'text',
            name: 'slug',
            label: 'Address: /products/…',
            value: product.slug,
            hint: 'An old address leads on to the new one.',
            maxLength: SLUG_MAX,
          },
        ]}
        submit="Save the name"
        pending="Saving…"
      />
    </Panel>
  )
}

export async function DescriptionPart({ desk: { product }, hidden, refused }: Part) {
  return (
    <Panel id="description" title="Description">
      <ActForm
        id="description"
        action={saveDescription}
        refused={await refused('description')}
        hidden={hidden}
        fields={[
          {
            kind: 'textarea',
            name: 'description',
            label: 'Text',
            hint: 'An empty line begins a new paragraph.',
            value: product.description,
            rows: 8,
            maxLength: DESCRIPTION_MAX,
            optional: true,
          },
          {
            kind: 'textarea',
            name: 'details',
            label: 'Details',
            hint: 'A line each, like “Paper: 250 g cotton”.',
            value: writeDetails(product.details),
            rows: Math.max(3, product.details.length + 1),
            maxLength: DESCRIPTION_MAX,
            optional: true,
          },
        ]}
        submit="Save the description"
        pending="Saving…"
      />
    </Panel>
  )
}
