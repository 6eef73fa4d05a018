import 'server-only'

import type { Route } from 'next'

import type { AdminOutcome } from '@/lib/admin/admin'
import type { Permission } from '@/lib/domain/staff'

/** What is left of the doors of /admin when only a second factor is missing. */
export type FactorWanted = Extract<AdminOutcome<Permission>, { kind: 'step_up' | 'second_factor' }>

/** Where a second factor is given, on the way to `path`. */
export function secondFactorPath(path: string, isSetUp = true): Route {
  const door = isSetUp ? '/admin/second-factor' : '/admin/second-factor/set-up'
  return `${door}?to=${encodeURIComponent(path)}` as Route
}

const THEN = 'Confirm that it is you in another tab, then send this again.'

/** Above a form that stays on its page with all that was typed. */
export const FACTOR_TEXTS: Readonly<Record<FactorWanted['kind'], string>> = {
  step_up: `It has been more than ten minutes since your second factor. ${THEN}`,
  second_factor: `Your second factor is needed again. ${THEN}`,
}

/** Above a form that was on its way through the second factor, without a script. */
export const SEND_AGAIN = 'You have confirmed that it is you. Look at what you have typed, and send it again.'

/** Where a second factor is given in a tab beside the form: it ends by saying so. */
export function besidePath(wanted: FactorWanted): string {
  return secondFactorPath('/admin/second-factor?given=1', wanted.kind === 'step_up' || wanted.isSetUp)
}
