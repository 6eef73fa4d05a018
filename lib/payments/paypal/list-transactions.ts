import 'server-only'

import type { ListTransactionsOutcome, PayPalTransaction, TransactionSpan } from '@/lib/domain/payment-gateway'

import { readIssue } from './answers'
import type { PayPalHttp } from './http'
import { readTime, toTransaction, TransactionsAnswer } from './transactions'

/** PayPal allows 500; with these an answer stays well below the size that is read. */
const PAGE_SIZE = 200
/** The list is compiled for us and takes seconds. */
const TIMEOUT_MS = 30_000

/** All pages of PayPal's transaction list for a span of at most 31 days. */
export async function listTransactions(http: PayPalHttp, span: TransactionSpan): Promise<ListTransactionsOutcome> {
  const transactions: PayPalTransaction[] = []
  for (let page = 1; ; page++) {
    const answer = await http.send({
      operation: 'list_transactions',
      method: 'GET',
      path: `/v1/reporting/transactions?${query(span, page)}`,
      timeoutMs: TIMEOUT_MS,
    })
    if (answer.kind === 'no_answer') return { kind: 'unknown', cause: answer.cause, debugId: answer.debugId }
    const parsed = answer.status === 200 ? TransactionsAnswer.safeParse(answer.body) : null
    if (!parsed?.success) return toFailure(answer)
    const { transaction_details, total_pages, last_refreshed_datetime } = parsed.data
    for (const { transaction_info } of transaction_details) transactions.push(toTransaction(transaction_info))
    if (page >= total_pages) return { kind: 'listed', transactions, completeUntil: readTime(last_refreshed_datetime) }
  }
}

/** Also what does not affect the balance: a payment that waits or was denied is news too. */
function query({ from, to }: TransactionSpan, page: number): string {
  return new URLSearchParams({
    start_date: from.toISOString(),
    end_date: to.toISOString(),
    fields: 'transaction_info',
    balance_affecting_records_only: 'N',
    page_size: String(PAGE_SIZE),
    page: String(page),
  }).toString()
}

function toFailure(answer: { status: number; body: unknown; debugId: string | null }): ListTransactionsOutcome {
  const issue = readIssue(answer.body) ?? `HTTP_${answer.status}`
  if (issue === 'RESULTSET_TOO_LARGE') return { kind: 'too_many' }
  const { debugId } = answer
  // The app's credentials lack the permission: no repetition changes that.
  if (answer.status === 403) return { kind: 'refused', issue, debugId }
  return { kind: 'unknown', cause: issue, debugId }
}
