import { printOwnCreditNote } from '@/lib/papers/print-own-paper'
import { answerPaper } from '@/lib/web/paper-answer'
import { readReceiptRequest, receiptPath } from '@/lib/web/receipt-request'

/** A credit note, for whoever may read the receipt. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ orderNumber: string; creditNote: string }> },
) {
  const { orderNumber, creditNote } = await params
  const key = new URL(request.url).searchParams.get('key')
  const outcome = await printOwnCreditNote(await readReceiptRequest(orderNumber, key), creditNote)
  return answerPaper(outcome, receiptPath(orderNumber, key))
}
