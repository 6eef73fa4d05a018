import type { ReturnState } from '@/lib/domain/return'

import { StateMark } from './order-state'

const STATES: Readonly<Record<ReturnState, { name: string; tone: string; shape: string }>> = {
  requested: { name: 'To answer', tone: 'text-accent', shape: 'M3 3h10v7H7l-3 3v-3H3z' },
  approved: { name: 'On its way here', tone: 'text-warning', shape: 'M14 8H5M9 4 5 8l4 4' },
  received: { name: 'To pay back', tone: 'text-accent', shape: 'M3 6h10v7H3zM8 2v6M5.5 6 8 8.5 10.5 6' },
  refunded: { name: 'Paid back', tone: 'text-positive', shape: 'm3 8 3.5 3.5L13 5' },
  refused: { name: 'Refused', tone: 'text-ink-soft', shape: 'm4 4 8 8M12 4l-8 8' },
}

export function returnStateName(state: ReturnState): string {
  return STATES[state].name
}

export function ReturnStateMark({ state }: { state: ReturnState }) {
  return <StateMark {...STATES[state]} />
}
