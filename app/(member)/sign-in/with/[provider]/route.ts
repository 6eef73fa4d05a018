import { parseReturnPath } from '@/lib/domain/return-path'
import { getCurrentMember, signInPath } from '@/lib/web/current-member'
import { isOwnForm } from '@/lib/web/own-form'
import { findProvider, leaveForProvider } from '@/lib/web/provider-door'
import { readFormBody, refuseBody } from '@/lib/web/read-form-body'
import { seeOther } from '@/lib/web/see-other'

/** A button of ours was pressed: on to the provider's own sign-in. */
export async function POST(request: Request, { params }: { params: Promise<{ provider: string }> }) {
  const provider = findProvider((await params).provider)
  if (!provider) return new Response('Not found', { status: 404 })
  if (!(await isOwnForm())) return seeOther('/sign-in')
  const body = await readFormBody(request)
  if (body.kind !== 'form') return refuseBody(body.kind)
  const returnTo = parseReturnPath(body.form.get('to'))
  if (body.form.get('connect') !== '1') return leaveForProvider(provider, { returnTo, connecting: null })
  const member = await getCurrentMember()
  return member ? leaveForProvider(provider, { returnTo, connecting: member }) : seeOther(signInPath(returnTo))
}
