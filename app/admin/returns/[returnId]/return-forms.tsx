import { ActForm, type ActField } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import type { StepState } from '@/components/checkout/step-state'
import { CONDITIONS, CONDITION_TEXTS, RETURN_ANSWER_MAX } from '@/lib/domain/return'
import type { ReturnDesk } from '@/lib/returns/return-desk'

import { approve, receive, refuse } from './actions'

type Hidden = Readonly<Record<string, string>>

export function ApprovePart({ hidden, refused }: { hidden: Hidden; refused: StepState | null }) {
  return (
    <Panel id="approve" title="Approve">
      <ActForm
        id="approve"
        action={approve}
        refused={refused}
        hidden={hidden}
        fields={[
          {
            kind: 'textarea',
            name: 'answer',
            label: 'A word to the buyer',
            hint: 'The mail has the address and says to put in a slip. Add who pays the postage, or anything else.',
            maxLength: RETURN_ANSWER_MAX,
            optional: true,
          },
        ]}
        submit="Approve the return"
        pending="Approving…"
      />
    </Panel>
  )
}

export function RefusePart({
  hidden,
  refused,
  hasArrived,
}: {
  hidden: Hidden
  refused: StepState | null
  hasArrived: boolean
}) {
  return (
    <Panel id="refuse" title={hasArrived ? 'Refuse to pay' : 'Refuse'}>
      <ActForm
        id="refuse"
        action={refuse}
        refused={refused}
        hidden={hidden}
        fields={[
          {
            kind: 'textarea',
            name: 'answer',
            label: 'Why',
            hint: 'The buyer is mailed these words.',
            maxLength: RETURN_ANSWER_MAX,
          },
        ]}
        submit="Refuse the return"
        pending="Refusing…"
        look="danger"
      />
    </Panel>
  )
}

/** As it was asked for, unless whoever opens the parcel finds something else. */
export function ReceivePart({
  desk,
  hidden,
  refused,
}: {
  desk: ReturnDesk
  hidden: Hidden
  refused: StepState | null
}) {
  return (
    <Panel id="receive" title="The parcel is here">
      <ActForm
        id="receive"
        action={receive}
        refused={refused}
        hidden={hidden}
        fields={desk.items.flatMap(({ position, productName, quantity }): ActField[] => [
          {
            kind: 'number',
            name: `quantity.${position}`,
            label: `Arrived: ${productName}`,
            hint: `Of ${quantity}`,
            value: String(quantity),
            max: quantity,
          },
          {
            kind: 'select',
            name: `condition.${position}`,
            label: `Condition: ${productName}`,
            value: 'as_new',
            options: CONDITIONS.map((value) => ({ value, label: CONDITION_TEXTS[value] })),
          },
          {
            kind: 'checkbox',
            name: `restock.${position}`,
            label: `${productName} can be sold again`,
            hint: 'It is on the shelf once its money is back.',
            value: '1',
          },
        ])}
        submit="Take it in"
        pending="Taking it in…"
      />
    </Panel>
  )
}
