import 'server-only'

import { notFound, redirect } from 'next/navigation'

import { findAdmin, type Admin, type AdminOutcome } from '@/lib/admin/admin'
import { findStaffMember, type StaffMember } from '@/lib/admin/staff-member'
import type { Permission } from '@/lib/domain/staff'

import { refuseForm, refusedPath, type FormState } from './answer-form'
import { readCallerNetwork } from './caller-network'
import { getCurrentMember } from './current-member'
import { besidePath, FACTOR_TEXTS, secondFactorPath, SEND_AGAIN, type FactorWanted } from './factor-wanted'
import { FOREIGN, isOwnForm } from './own-form'
import { isSentByScript, saveRefusal } from './refused-form-cookie'
import { LOCKED, unlessLocked } from './unless-locked'

export async function readAdmin<P extends Permission>(permission: P): Promise<AdminOutcome<P>> {
  const member = await getCurrentMember()
  return member ? findAdmin(member, permission, await readCallerNetwork()) : { kind: 'outsider' }
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

/** The page of a form, and what was typed into it, which is not to be lost on the way to a second factor. */
type FormPlace = string | { readonly path: string; readonly values: FormState['values'] }

export const NOT_PERMITTED = 'Your role does not allow this. Ask an owner of the shop.'

/** What a form of /admin needs before anything is read of it. */
export async function atAdminDoor<P extends Permission>(
  form: string,
  permission: P,
  place: FormPlace,
  act: (admin: Admin<P>, refuse: Refuse) => Promise<FormState>,
): Promise<FormState> {
  const { path, values: typed } = typeof place === 'string' ? { path: place, values: {} } : place
  const refuse: Refuse = (errors, values = {}) => refuseForm(form, path, { errors, values })
  if (!(await isOwnForm())) return refuse({ form: FOREIGN })
  const outcome = await readAdmin(permission)
  switch (outcome.kind) {
    case 'admin':
      return unlessLocked(
        () => act(outcome.admin, refuse),
        () => refuse({ form: LOCKED }, typed),
      )
    case 'outsider':
      return notFound()
    case 'not_permitted':
      return refuse({ form: NOT_PERMITTED }, typed)
    case 'step_up':
    case 'second_factor':
      return askForFactor(outcome, { form, path, values: typed })
  }
}

/**
 * With a script the form stays as it is, with a link to where the second factor is given, in a tab of its own. A form that the browser
 * posted by itself takes what was typed along, as far as a cookie holds it, and comes back with it.
 */
async function askForFactor(
  asked: FactorWanted,
  { form, path, values }: { form: string; path: string; values: FormState['values'] },
): Promise<FormState> {
  if (await isSentByScript()) {
    return { errors: { form: FACTOR_TEXTS[asked.kind] }, values, confirmAt: besidePath(asked) }
  }
  await saveRefusal({ form, errors: { form: SEND_AGAIN }, values: { ...values } })
  return redirect(secondFactorPath(refusedPath(path, form), asked.kind === 'step_up' || asked.isSetUp))
}
