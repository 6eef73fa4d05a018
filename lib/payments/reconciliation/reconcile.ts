import 'server-only'

import { listOpenIncidents, type PaymentIncident } from '@/db/queries/payment-incidents'
import {
  beginRun,
  finishRun,
  readBooks,
  renewRun,
  type ReconciliationRun,
  type RunCounts,
} from '@/db/queries/reconciliation'
import type { PayPalTransaction, TransactionSpan } from '@/lib/domain/payment-gateway'
import { LISTING_LAG_MS, planReconciliation, splitSpan, type Books, type Finding } from '@/lib/domain/reconciliation'
import { getLog } from '@/lib/runtime/log'

import type { PaymentServices } from '../payment-services'
import { syncRefunds } from '../sync-refunds'
import type { Applied } from './applied'
import { applyFinding } from './apply-finding'
import { RECONCILED_KINDS, settleIncidents } from './settle-incidents'

export interface ReconcileInput extends TransactionSpan {
  /** Begun by the worker rather than by a person. */
  readonly nightly?: boolean
  /** Whoever asked for it in the back office. */
  readonly requestedBy?: string
  /** Hears of each difference as it is dealt with. */
  readonly onFinding?: (finding: Finding, applied: Applied) => void
}

/** `busy`: another process is at it. A failed piece ends the run; what came before it stays done. */
export type ReconcileOutcome =
  | {
      readonly kind: 'compared'
      readonly runs: readonly ReconciliationRun[]
      readonly settled: number
      /** What waits for a person, of this run and of earlier ones: each was looked at again, and is still so. */
      readonly open: readonly PaymentIncident[]
    }
  | { readonly kind: 'failed'; readonly cause: string; readonly runs: readonly ReconciliationRun[] }
  | { readonly kind: 'busy' }

/**
 * Compares PayPal's transaction list with our captures and refunds, both ways, and puts right what can be put right; the rest
 * becomes incidents. A second run over the same span finds nothing left to do.
 */
export async function reconcile(services: PaymentServices, input: ReconcileInput): Promise<ReconcileOutcome> {
  const runs: ReconciliationRun[] = []
  for (const span of splitSpan(input.from, input.to)) {
    const run = await reconcileSpan(services, { ...input, ...span })
    if (run === null) return { kind: 'busy' }
    runs.push(run)
    if (run.failure !== null) return { kind: 'failed', cause: run.failure, runs }
  }
  const settled = await settleIncidents(services)
  return { kind: 'compared', runs, settled, open: await listOpenIncidents(services.db, RECONCILED_KINDS) }
}

const NOTHING_YET: RunCounts = { transactionsSeen: 0, rowsSeen: 0, repaired: 0, incidentsRaised: 0, unclear: 0 }

async function reconcileSpan(services: PaymentServices, input: ReconcileInput): Promise<ReconciliationRun | null> {
  const { from, to, nightly = false, requestedBy = null } = input
  const run = await beginRun(services.db, { from, to, nightly, requestedBy })
  if (!run) return null
  let counts = NOTHING_YET
  const renew = async (next: RunCounts) => {
    counts = next
    if (!(await renewRun(services.db, run.id, counts))) throw new Error('the run was taken for dead')
  }
  try {
    const failure = await compare(services, input, renew)
    return await finishRun(services.db, run.id, counts, failure)
  } catch (error) {
    getLog().error({ cause: String(error) }, 'reconciliation stopped')
    return finishRun(services.db, run.id, counts, String(error).slice(0, 500))
  }
}

/** @returns why it could not be done, or null. */
async function compare(
  services: PaymentServices,
  input: ReconcileInput,
  renew: (counts: RunCounts) => Promise<void>,
): Promise<string | null> {
  const listed = await list(services, input)
  if (typeof listed === 'string') return listed
  const { transactions } = listed
  const { from } = input
  const plan = async () => {
    const books = await readBooks(services.db, { ...namesIn(transactions), from, to: listed.completeUntil })
    return { books, findings: planReconciliation(books, { ...listed, from }, services) }
  }
  const first = await plan()
  let counts: RunCounts = { ...NOTHING_YET, transactionsSeen: transactions.length, rowsSeen: countRows(first.books) }
  const unclear = new Set<string>()
  const apply = async (findings: readonly Finding[]) => {
    for (const finding of findings) {
      // While PayPal does not say what was taken, what came back of it has no place.
      const isEarly = finding.kind === 'money_returned' && unclear.has(finding.paypalCaptureId)
      const applied = isEarly ? 'unclear' : await applySafely(services, finding)
      if (applied === 'unclear' && finding.kind === 'unknown_reversal') unclear.add(finding.paypalCaptureId)
      input.onFinding?.(finding, applied)
      counts = count(counts, applied)
      await renew(counts)
    }
  }
  await renew(counts)
  const lost = first.findings.filter((finding) => finding.kind === 'unknown_capture')
  await apply(lost)
  // What has just come into the books brings its fees, refunds and reversals into the comparison. Reversals come before
  // refunds: a look at all refunds of a capture does not tell one from the other.
  const { findings } = lost.length > 0 ? await plan() : first
  await apply(inOrderOfTime(findings.filter(isOfBanks)))
  for (const { paypalCaptureId } of lost) await syncRefunds(services, paypalCaptureId)
  await apply(findings.filter((finding) => finding.kind !== 'unknown_capture' && !isOfBanks(finding)))
  return null
}

type OfBanks = Extract<Finding, { kind: 'unknown_reversal' | 'money_returned' }>

function isOfBanks(finding: Finding): finding is OfBanks {
  return finding.kind === 'unknown_reversal' || finding.kind === 'money_returned'
}

/** What was taken, given back and taken again fits into its capture only in the order in which that happened. */
function inOrderOfTime(findings: readonly OfBanks[]): OfBanks[] {
  const at = ({ transaction }: OfBanks) => transaction.initiatedAt?.getTime() ?? 0
  return findings.toSorted((a, b) => at(a) - at(b))
}

interface Listed {
  readonly transactions: readonly PayPalTransaction[]
  readonly completeUntil: Date
}

/** The list of a span, halved as often as PayPal finds it too long. */
async function list(services: PaymentServices, { from, to }: TransactionSpan): Promise<Listed | string> {
  const outcome = await services.gateway.listTransactions({ from, to })
  switch (outcome.kind) {
    case 'listed': {
      const lagging = new Date(to.getTime() - LISTING_LAG_MS)
      const { transactions, completeUntil } = outcome
      return { transactions, completeUntil: earlier(to, completeUntil ?? lagging) }
    }
    case 'too_many': {
      const middle = new Date(Math.floor((from.getTime() + to.getTime()) / 2))
      if (middle <= from) return 'PayPal lists too much in one moment'
      const before = await list(services, { from, to: middle })
      if (typeof before === 'string') return before
      const after = await list(services, { from: middle, to })
      if (typeof after === 'string') return after
      return { ...after, transactions: [...before.transactions, ...after.transactions] }
    }
    case 'refused':
      return `PayPal refuses its transaction list (${outcome.issue}): allow "Transaction search" for the app`
    case 'unknown':
      return `PayPal gave no transaction list (${outcome.cause})`
  }
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function namesIn(transactions: readonly PayPalTransaction[]) {
  const unique = (values: readonly (string | null)[]) => [...new Set(values)].filter((value) => value !== null)
  const named = unique(transactions.flatMap(({ transactionId, referenceId }) => [transactionId, referenceId]))
  return {
    captureIds: named,
    refundIds: named,
    attemptIds: unique(transactions.map(({ customId }) => customId)).filter((id) => UUID.test(id)),
  }
}

function countRows({ captures, refunds }: Books): number {
  return captures.length + refunds.length
}

function count(counts: RunCounts, applied: Applied): RunCounts {
  return {
    ...counts,
    repaired: counts.repaired + (applied === 'repaired' ? 1 : 0),
    incidentsRaised: counts.incidentsRaised + (applied === 'incident' ? 1 : 0),
    unclear: counts.unclear + (applied === 'unclear' ? 1 : 0),
  }
}

/** One difference that cannot be dealt with must not hide the others. */
async function applySafely(services: PaymentServices, finding: Finding): Promise<Applied> {
  try {
    return await applyFinding(services, finding)
  } catch (error) {
    getLog().error({ finding: finding.kind, cause: String(error) }, 'a difference could not be dealt with')
    return 'unclear'
  }
}
