import { printOwnInvoice } from '@/lib/papers/print-own-paper'
import { answerPaper } from '@/lib/web/paper-answer'
import { readReceiptRequest, receiptPath } from '@/lib/web/receipt-request'

/** The invoice, for whoever may read the receipt. */
export async function GET(request: Request, { params }: { params: Promise<{ orderNumber: string }> }) {
  const { orderNumber } = await params
  const key = new URL(request.url).searchParams.get('key')
  return answerPaper(await printOwnInvoice(await readReceiptRequest(orderNumber, key)), receiptPath(orderNumber, key))
}
