import type { ChangeStaffOutcome } from '@/lib/admin/change-staff'

const DONE_TEXTS: Readonly<Record<string, string>> = {
  invited: 'The invitation is mailed. It is good for three days, and takes the place of any before it.',
  withdrawn: 'The invitation is withdrawn. The link in the mail opens nothing any more.',
  role: 'The role is changed, from this moment.',
  enable: 'They can come in again.',
  disable: 'They are shut out, from this moment. Nothing that they did is lost.',
  reset:
    'Their authenticator, recovery codes and passkeys for /admin are gone, and they are signed out everywhere. They set up a new second factor when they come back.',
}

export function doneText(done: unknown): string | null {
  return typeof done === 'string' ? (DONE_TEXTS[done] ?? null) : null
}

export function refusalText({ kind }: ChangeStaffOutcome): string {
  switch (kind) {
    case 'last_owner':
      return 'This is the last owner. Make somebody else an owner first.'
    case 'oneself':
      return 'Not for yourself. Ask another owner.'
    case 'not_found':
    case 'changed':
      return 'This person does not work here any more. Reload the page.'
  }
}
