import type { OrderState } from '@/lib/domain/order'

/** A word, a shape and a colour: none of them says it alone. */
const STATES: Readonly<Record<OrderState, { name: string; tone: string; shape: string }>> = {
  created: { name: 'To pack', tone: 'text-accent', shape: 'M3 3h10v10H3z' },
  processing: { name: 'Packing', tone: 'text-warning', shape: 'M3 3h10v10H3zM3 8h10' },
  partly_shipped: { name: 'Partly shipped', tone: 'text-warning', shape: 'M2 8h9M8 4l4 4-4 4' },
  shipped: { name: 'Shipped', tone: 'text-positive', shape: 'M2 8h11M9 4l4 4-4 4' },
  delivered: { name: 'Delivered', tone: 'text-positive', shape: 'm3 8 3.5 3.5L13 5' },
  cancelled: { name: 'Cancelled', tone: 'text-ink-soft', shape: 'm4 4 8 8M12 4l-8 8' },
  returned: { name: 'Returned', tone: 'text-ink-soft', shape: 'M13 8H3M7 4 3 8l4 4' },
}

export function orderStateName(state: OrderState): string {
  return STATES[state].name
}

export function OrderStateMark({ state }: { state: OrderState }) {
  const { name, tone, shape } = STATES[state]
  return <StateMark name={name} tone={tone} shape={shape} />
}

export function HeldMark() {
  return <StateMark name="Held" tone="text-danger" shape="M5 3v10M11 3v10" />
}

export function DisputedMark() {
  return <StateMark name="Disputed" tone="text-danger" shape="M8 3v6M8 12v.5" />
}

export function StateMark({ name, tone, shape }: { name: string; tone: string; shape: string }) {
  return (
    <span className={`desk-state ${tone}`}>
      <svg aria-hidden="true" viewBox="0 0 16 16" className="fill-none stroke-current">
        <path d={shape} strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      {name}
    </span>
  )
}
