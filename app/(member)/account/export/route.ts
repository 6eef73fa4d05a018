import { exportData } from '@/lib/members/export-data'
import { memberDatabase } from '@/lib/members/member-services'
import { getCurrentMember, signInPath } from '@/lib/web/current-member'
import { seeOther } from '@/lib/web/see-other'

/** Everything about the member as a file. Asks for a recent sign-in: a laptop left open is not to give it all away. */
export async function GET() {
  const member = await getCurrentMember()
  if (!member?.fresh) return seeOther(signInPath('/account/data'))
  const data = await exportData(memberDatabase(), member)
  return new Response(JSON.stringify(data, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="my-data.json"',
      'cache-control': 'no-store',
    },
  })
}
