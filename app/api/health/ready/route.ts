import { connection } from 'next/server'

import { checkReadiness, isOperator, readMoneyState } from '@/lib/health/check-readiness'

/** 200 when buyers can be served, 503 while the database is away or empty. Operators also see how the money is. */
export async function GET(request: Request) {
  await connection()
  const ready = await checkReadiness()
  const answer = { status: ready ? 'ready' : 'unavailable' }
  if (!ready || !isOperator(request.headers.get('authorization'))) {
    return Response.json(answer, { status: ready ? 200 : 503 })
  }
  return Response.json({ ...answer, ...(await readMoneyState()) })
}
