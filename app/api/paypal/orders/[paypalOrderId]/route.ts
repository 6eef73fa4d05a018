import { finishedOrNot } from '@/lib/web/finish-door'

/** What became of a payment, without doing anything about it: for a page that waits. */
export async function GET(_request: Request, { params }: { params: Promise<{ paypalOrderId: string }> }) {
  return finishedOrNot((await params).paypalOrderId, 'look')
}
