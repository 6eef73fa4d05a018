import { finishedOrNot } from '@/lib/web/finish-door'
import { isOwnForm } from '@/lib/web/own-form'

/** The buyer has approved: look, capture, place the order. Any number of times, the answer is the same order. */
export async function POST(_request: Request, { params }: { params: Promise<{ paypalOrderId: string }> }) {
  if (!(await isOwnForm())) return Response.json({ kind: 'forbidden' }, { status: 403 })
  return finishedOrNot((await params).paypalOrderId, 'finish')
}
