import type { ProductState } from '@/lib/domain/product'

import { StateMark } from './order-state'

const STATES: Readonly<Record<ProductState, { name: string; tone: string; shape: string }>> = {
  draft: { name: 'Draft', tone: 'text-warning', shape: 'M3 13l1-3 7-7 2 2-7 7z' },
  active: { name: 'On sale', tone: 'text-positive', shape: 'm3 8 3.5 3.5L13 5' },
  archived: { name: 'Archived', tone: 'text-ink-soft', shape: 'M2 3h12v3H2zM3.5 6v7h9V6M6.5 9h3' },
}

export function productStateName(state: ProductState): string {
  return STATES[state].name
}

export function ProductStateMark({ state }: { state: ProductState }) {
  return <StateMark {...STATES[state]} />
}
