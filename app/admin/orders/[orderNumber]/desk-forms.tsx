import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import type { StepState } from '@/components/checkout/step-state'
import { NOTE_MAX, REASON_MAX } from '@/lib/domain/order-event'

import { hold, release, writeNote } from './actions'

type Hidden = Readonly<Record<string, string>>

export function NotePart({ hidden, refused }: { hidden: Hidden; refused: StepState | null }) {
  return (
    <Panel id="note" title="Write a note">
      <ActForm
        id="note"
        action={writeNote}
        refused={refused}
        hidden={hidden}
        fields={[{ kind: 'textarea', name: 'text', label: 'Staff read it, the buyer does not', maxLength: NOTE_MAX }]}
        submit="Keep the note"
        pending="Writing…"
        look="plain"
      />
    </Panel>
  )
}

export function HoldPart({ hidden, isHeld, refused }: { hidden: Hidden; isHeld: boolean; refused: StepState | null }) {
  return (
    <Panel id="hold" title={isHeld ? 'Release' : 'Hold'}>
      <ActForm
        id="hold"
        action={isHeld ? release : hold}
        refused={refused}
        hidden={hidden}
        fields={[
          {
            kind: 'text',
            name: 'reason',
            label: 'Why',
            hint: isHeld ? 'Every hold is lifted, a dispute’s too.' : 'Until it is released nothing moves or leaves.',
            maxLength: REASON_MAX,
          },
        ]}
        submit={isHeld ? 'Release the order' : 'Hold the order'}
        pending="A moment…"
        look="plain"
      />
    </Panel>
  )
}
