'use server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { confirmAuthenticator } from '@/lib/admin/set-up-authenticator'
import { waitText } from '@/lib/domain/member-limits'
import { readFields } from '@/lib/web/answer-form'
import { requireStaff } from '@/lib/web/current-admin'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { readVisitor } from '@/lib/web/visitor'

export type SetUpState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'done'; readonly recoveryCodes: readonly string[] }

const refused = (message: string): SetUpState => ({ kind: 'refused', message })

export async function finishSetUp(_previous: SetUpState, formData: FormData): Promise<SetUpState> {
  if (!(await isOwnForm())) return refused(FOREIGN)
  const person = await requireStaff()
  const { code } = readFields(formData, ['code'])
  const outcome = await confirmAuthenticator(adminDatabase(), person, code.slice(0, 20), await readVisitor())
  switch (outcome.kind) {
    case 'confirmed':
      return { kind: 'done', recoveryCodes: outcome.recoveryCodes }
    case 'refused':
      return refused(
        'That is not the code of this moment. Wait for the next one; the clock of the telephone must be right.',
      )
    case 'slow_down':
      return refused(`Too many tries. Try again ${waitText(outcome.retryAfterSeconds)}.`)
    case 'sign_in_again':
      return refused('It has been a while since you signed in. Sign out, sign in again and come back.')
    case 'step_up':
      return refused('It has been more than ten minutes since your second factor. Reload the page and give it again.')
  }
}
