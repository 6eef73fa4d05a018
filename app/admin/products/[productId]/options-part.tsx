import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { RowsForm } from '@/components/admin/rows-form'
import { OPTIONS_MAX } from '@/lib/domain/product'
import type { ProductDesk } from '@/lib/products/product-desk'

import { addAnOption, removeOption, saveOption } from './actions'
import type { Part } from './part'

/** What buyers choose between. */
export async function OptionsPart({ desk, hidden, refused }: Part) {
  const { options, variants } = desk
  return (
    <Panel id="options" title="Options">
      {options.length === 0 ? (
        <p className="text-ink-soft">There is nothing to choose: it comes in one kind.</p>
      ) : (
        <div className="space-y-2">
          {options.map((option) => (
            <OneOption key={option.id} option={option} hidden={hidden} refused={refused} />
          ))}
        </div>
      )}
      {options.length < OPTIONS_MAX ? (
        <details open={(await refused('add-option')) !== null} className="desk-more">
          <summary>Add an option</summary>
          <ActForm
            id="add-option"
            action={addAnOption}
            refused={await refused('add-option')}
            hidden={hidden}
            fields={[
              { kind: 'text', name: 'name', label: 'Name', hint: 'Such as Size.', maxLength: 40 },
              {
                kind: 'textarea',
                name: 'values',
                label: 'Values, a line each',
                hint: variants.length > 0 ? 'The variants that are there get the first one.' : '',
                rows: 4,
                maxLength: 5_000,
              },
            ]}
            submit="Add the option"
            pending="Adding…"
            look="plain"
          />
        </details>
      ) : null}
    </Panel>
  )
}

async function OneOption({
  option,
  hidden,
  refused,
}: {
  option: ProductDesk['options'][number]
} & Pick<Part, 'hidden' | 'refused'>) {
  const id = String(option.id)
  const wrong = await refused(`option-${id}`)
  const stays = await refused(`drop-${id}`)
  return (
    <details open={wrong !== null || stays !== null} className="desk-more">
      <summary>
        {option.name}:{' '}
        <span className="font-normal text-ink-soft">{option.values.map(({ value }) => value).join(', ')}</span>
      </summary>
      <RowsForm
        id={`option-${id}`}
        name={`Values of ${option.name}`}
        rowLabel="Value"
        action={saveOption}
        refused={wrong}
        hidden={{ ...hidden, optionId: id }}
        fields={[
          { kind: 'text', name: 'name', label: 'Name', value: option.name, maxLength: 40 },
          {
            kind: 'text',
            name: 'place',
            label: 'Place',
            value: String(option.position + 1),
            inputMode: 'numeric',
            maxLength: 3,
          },
          {
            kind: 'textarea',
            name: 'added',
            label: 'New values, a line each',
            rows: 2,
            maxLength: 5_000,
            optional: true,
          },
        ]}
        columns={[
          { name: 'value', label: 'Name', kind: 'text', width: 'w-44' },
          { name: 'swatch', label: 'Colour', kind: 'text', maxLength: 7, width: 'w-24' },
          { name: 'place', label: 'Place', kind: 'number', maxLength: 3, width: 'w-16' },
        ]}
        rows={option.values.map((value, index) => ({
          id: value.id,
          label: value.value,
          note: value.uses === 0 ? 'No variant; empty the name to take it away' : `${value.uses} variants`,
          values: { value: value.value, swatch: value.swatch ?? '', place: String(index + 1) },
        }))}
        submit={`Save ${option.name}`}
        pending="Saving…"
      />
      <div className="mt-3">
        <ActForm
          id={`drop-${id}`}
          action={removeOption}
          refused={stays}
          hidden={{ ...hidden, optionId: id }}
          fields={[]}
          submit={`Take ${option.name} away`}
          pending="A moment…"
          look="danger"
        />
      </div>
    </details>
  )
}
