import { isOwnForm } from '@/lib/web/own-form'
import { seeOther } from '@/lib/web/see-other'
import { signOut } from '@/lib/web/sign-out'

/** Ends the session and leaves nothing of it in the browser: no cookie, and no page in its cache. */
export async function POST() {
  if (!(await isOwnForm())) return seeOther('/account')
  await signOut()
  const response = seeOther('/sign-in')
  response.headers.set('clear-site-data', '"cache", "storage"')
  return response
}

/** Somebody reloaded: signing out takes a button. */
export function GET() {
  return seeOther('/account')
}
