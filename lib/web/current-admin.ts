import 'server-only'

import type { Route } from 'next'
import { notFound, redirect } from 'next/navigation'

import { findAdmin, type Admin, type AdminOutcome } from '@/lib/admin/admin'
import { findStaffMember, type StaffMember } from '@/lib/admin/staff-member'
import type { Permission } from '@/lib/domain/staff'

import { leaveForm, refuseForm, type FormState } from './answer-form'
import { readCallerNetwork } from './caller-network'
import { getCurrentMember } from './current-member'
import { FOREIGN, isOwnForm } from './own-form'

export async function readAdmin<P extends Permission>(permission: P): Promise<AdminOutcome<P>> {
  const member = await getCurrentMember()
  return member ? findAdmin(member, permission, await readCallerNetwork()) : { kind: 'outsider' }
}

/** Where a second factor is given, on the way to `path`. */
export function secondFactorPath(path: string, isSetUp = true): Route {
  const door = isSetUp ? '/admin/second-factor' : '/admin/second-factor/set-up'
  return `${door}?to=${encodeURIComponent(path)}` as Route
}

/**
 * Whoever may do this now. There is no /admin for anybody else, nor a page that a role has no use for; and whose second factor is
 * missing or too old goes to give it and comes back to `path`.
 */
export async function requireAdmin<P extends Permission>(permission: P, path: string): Promise<Admin<P>> {
  const outcome = await readAdmin(permission)
  switch (outcome.kind) {
    case 'admin':
      return outcome.admin
    case 'outsider':
    case 'not_permitted':
      return notFound()
    case 'step_up':
      return redirect(secondFactorPath(path))
    case 'second_factor':
      return redirect(secondFactorPath(path, outcome.isSetUp))
  }
}

/** Who works here, before the second factor: for the two pages on which it is given. */
export async function requireStaff(): Promise<StaffMember> {
  const member = await getCurrentMember()
  const person = member ? await findStaffMember(member) : null
  return person ?? notFound()
}

type Refuse = (errors: FormState['errors'], values?: FormState['values']) => Promise<FormState>

export const NOT_PERMITTED = 'Your role does not allow this. Ask an owner of the shop.'
const STEP_UP =
  'It has been more than ten minutes since your second factor. Open “Confirm that it is you” in another tab, then send this again.'

/** What a form of /admin needs before anything is read of it. `path` is its page. */
export async function atAdminDoor<P extends Permission>(
  form: string,
  permission: P,
  path: string,
  act: (admin: Admin<P>, refuse: Refuse) => Promise<FormState>,
): Promise<FormState> {
  const refuse: Refuse = (errors, values = {}) => refuseForm(form, path, { errors, values })
  if (!(await isOwnForm())) return refuse({ form: FOREIGN })
  const outcome = await readAdmin(permission)
  switch (outcome.kind) {
    case 'admin':
      return act(outcome.admin, refuse)
    case 'outsider':
      return notFound()
    case 'not_permitted':
      return refuse({ form: NOT_PERMITTED })
    case 'step_up':
      return refuse({ form: STEP_UP })
    case 'second_factor':
      return leaveForm(secondFactorPath(path, outcome.isSetUp))
  }
}
