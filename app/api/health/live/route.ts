import { connection } from 'next/server'

/** The process answers. Nothing else is asked, so that a slow database does not get the shop restarted. */
export async function GET() {
  await connection()
  return Response.json({ status: 'live' })
}
