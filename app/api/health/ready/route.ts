import { connection } from 'next/server'

import { checkReadiness } from '@/lib/health/check-readiness'

/** 200 when buyers can be served, 503 while the database is away or empty. */
export async function GET() {
  await connection()
  const ready = await checkReadiness()
  return Response.json({ status: ready ? 'ready' : 'unavailable' }, { status: ready ? 200 : 503 })
}
