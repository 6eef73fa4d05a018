'use server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { renewRecoveryCodes } from '@/lib/admin/recovery-codes'
import { requireStaff } from '@/lib/web/current-admin'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { readVisitor } from '@/lib/web/visitor'

export type CodesState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'step_up' }
  | { readonly kind: 'done'; readonly recoveryCodes: readonly string[] }

export async function renewCodes(_previous: CodesState, _formData: FormData): Promise<CodesState> {
  if (!(await isOwnForm())) return { kind: 'refused', message: FOREIGN }
  const person = await requireStaff()
  const outcome = await renewRecoveryCodes(adminDatabase(), person, (await readVisitor()).network)
  switch (outcome.kind) {
    case 'renewed':
      return { kind: 'done', recoveryCodes: outcome.recoveryCodes }
    case 'step_up':
      return { kind: 'step_up' }
    case 'no_authenticator':
      return { kind: 'refused', message: 'Recovery codes stand in for an authenticator. Set one up first.' }
  }
}
