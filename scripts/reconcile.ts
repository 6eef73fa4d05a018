import './load-env-file'

import { parseArgs } from 'node:util'

import { z } from 'zod'

import type { PaymentIncident } from '@/db/queries/payment-incidents'
import { formatMoney, isCurrency } from '@/lib/domain/money'
import { nightlySpan, type Finding } from '@/lib/domain/reconciliation'
import { getPaymentServices } from '@/lib/payments/payment-services'
import { reconcile } from '@/lib/payments/reconciliation/reconcile'
import { EnvironmentError } from '@/lib/runtime/env'

/**
 * `npm run paypal:reconcile [-- --from 2026-11-01 --to 2026-11-20 | -- --days 7]`: compares PayPal's transaction list with our
 * books. Without arguments the last 31 days. Ends with 0 when all agrees or was put right, 1 when something needs a person, be it
 * from an earlier run, or was not answered, 2 when it could not be done.
 */
const USAGE =
  'npm run paypal:reconcile [-- --from DATE [--to DATE] | -- --days N], dates like 2026-11-20 or 2026-11-20T08:00:00Z'

const Time = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).transform((text) => new Date(text))
const Span = z
  .object({ from: Time.optional(), to: Time.optional(), days: z.coerce.number().int().min(1).max(1095).optional() })
  .refine(({ from, to, days }) => !(from && days) && !(to && !from), 'give --from with or without --to, or --days')

function readSpan(): { from: Date; to: Date } {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: { from: { type: 'string' }, to: { type: 'string' }, days: { type: 'string' } },
  })
  const { from, to, days } = Span.parse(values)
  const now = new Date()
  if (from) return { from, to: to ?? now }
  return days ? { from: new Date(now.getTime() - days * 86_400_000), to: now } : nightlySpan(now, null)
}

function subjectOf(finding: Finding): string {
  if ('transaction' in finding) return finding.transaction.transactionId
  if ('capture' in finding) return finding.capture.paypalCaptureId
  return 'refund' in finding ? finding.refund.paypalRefundId : finding.paypalCaptureId
}

function describe({ kind, key, amountMinor, currency, openedAt }: PaymentIncident): string {
  const amount =
    amountMinor === null || currency === null || !isCurrency(currency)
      ? ''
      : ` ${formatMoney({ minor: amountMinor, currency })}`
  return `${kind} ${key.slice(kind.length + 1)}${amount}, since ${openedAt.toISOString()}`
}

async function run(): Promise<number> {
  let span: { from: Date; to: Date }
  try {
    span = readSpan()
  } catch (error) {
    console.error(error instanceof z.ZodError ? z.prettifyError(error) : String(error))
    console.error(USAGE)
    return 2
  }
  const services = getPaymentServices()
  const outcome = await reconcile(services, {
    ...span,
    onFinding: (finding, applied) => console.log(`${applied.padEnd(8)} ${finding.kind} ${subjectOf(finding)}`),
  })
  await services.db.$client.end()
  if (outcome.kind === 'busy') {
    console.error('Another process is reconciling at this moment.')
    return 2
  }
  const sum = (name: 'transactionsSeen' | 'rowsSeen' | 'repaired' | 'incidentsRaised' | 'unclear') =>
    outcome.runs.reduce((total, counted) => total + counted[name], 0)
  console.log(
    `${span.from.toISOString()} to ${span.to.toISOString()}: ${sum('transactionsSeen')} transactions at PayPal, ` +
      `${sum('rowsSeen')} captures and refunds here, ${sum('repaired')} put right, ` +
      `${sum('incidentsRaised')} new incidents, ${sum('unclear')} without an answer`,
  )
  if (outcome.kind === 'failed') {
    console.error(outcome.cause)
    return 2
  }
  if (outcome.open.length > 0) console.log(`\nOpen, and to be decided at /admin/payments: ${outcome.open.length}`)
  for (const incident of outcome.open) console.log(`  ${describe(incident)}`)
  return outcome.open.length + sum('unclear') > 0 ? 1 : 0
}

try {
  process.exit(await run())
} catch (error) {
  console.error(error instanceof EnvironmentError ? error.message : error)
  process.exit(2)
}
