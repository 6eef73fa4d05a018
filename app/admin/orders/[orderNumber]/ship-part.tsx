import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import type { StepState } from '@/components/checkout/step-state'
import type { OrderDesk } from '@/lib/admin/order-desk'
import { CARRIERS, leftToShip, planEnd, planMove } from '@/lib/domain/fulfilment'

import { sendParcel, takeStep } from './actions'

type Hidden = Readonly<Record<string, string>>

const STEPS = [
  { step: 'start', to: 'processing', submit: 'Start packing', pending: 'Starting…' },
  { step: 'reopen', to: 'created', submit: 'Put it back to be packed', pending: 'Putting it back…' },
  { step: 'end', to: 'shipped', submit: 'Mark it shipped: the rest was refunded', pending: 'Marking…' },
  { step: 'deliver', to: 'delivered', submit: 'Mark it delivered', pending: 'Marking…' },
] as const

/** Only the steps that the order's life has from here. */
export function StepButtons({ desk, hidden, refused }: { desk: OrderDesk; hidden: Hidden; refused: StepState | null }) {
  const order = { state: desk.order.state, isHeld: false, items: desk.items }
  const steps = STEPS.filter(({ step, to }) => (step === 'end' ? planEnd(order) : planMove(order, to)).kind === 'move')
  if (planEnd(order).kind === 'refund_on_its_way') {
    return (
      <p className="text-ink-soft">
        The refund of the rest is still on its way. Once the money is back with the buyer, the order can be marked
        shipped here; should PayPal refuse it, the pieces are to be sent again.
      </p>
    )
  }
  if (steps.length === 0) return null
  return (
    <div className="flex flex-wrap gap-3">
      {steps.map(({ step, submit, pending }) => (
        <ActForm
          key={step}
          id={step}
          action={takeStep}
          refused={refused}
          hidden={{ ...hidden, step }}
          fields={[]}
          submit={submit}
          pending={pending}
          look={step === 'reopen' ? 'plain' : 'primary'}
        />
      ))}
    </div>
  )
}

/** A parcel with all that is left, unless somebody takes pieces out. */
export function ShipPart({ desk, hidden, refused }: { desk: OrderDesk; hidden: Hidden; refused: StepState | null }) {
  const open = desk.items.filter((item) => leftToShip(item) > 0)
  if (open.length === 0) return null
  return (
    <Panel id="ship" title="Send a parcel">
      <ActForm
        id="ship"
        action={sendParcel}
        refused={refused}
        hidden={hidden}
        compact
        fields={[
          {
            kind: 'text',
            name: 'carrier',
            label: 'Carrier',
            maxLength: 80,
            list: CARRIERS.map(({ name }) => name),
          },
          {
            kind: 'text',
            name: 'trackingNumber',
            label: 'Tracking number',
            hint: 'The buyer is mailed it, and PayPal is told.',
            maxLength: 64,
            optional: true,
          },
          ...open.map((item) => ({
            kind: 'number' as const,
            name: `quantity.${item.position}`,
            label: item.productName,
            hint: `${item.sku}, of ${leftToShip(item)} left`,
            value: String(leftToShip(item)),
            max: leftToShip(item),
            optional: true,
          })),
        ]}
        submit="Send the parcel"
        pending="Sending…"
      />
    </Panel>
  )
}
