import { connection } from 'next/server'

import { readBrowserMarks } from '@/lib/members/browser-marks'
import { memberDatabase } from '@/lib/members/member-services'

/** What the readable marks of this browser should say; asked by pages that are the same for everybody. */
export async function GET() {
  await connection()
  return Response.json(await readBrowserMarks(memberDatabase()), { headers: { 'cache-control': 'private, no-store' } })
}
