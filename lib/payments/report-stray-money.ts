import 'server-only'

import { findOrderOfAttempt } from '@/db/queries/orders'
import { findAttempt } from '@/db/queries/payment-attempts'
import { raiseIncident } from '@/db/queries/payment-incidents'
import type { PayPalOrder, PayPalTransaction } from '@/lib/domain/payment-gateway'

import type { CaptureFacts } from './look-at-capture'
import type { PaymentServices } from './payment-services'
import type { RecoverProblem } from './recover-capture'

/**
 * Money of ours that no rule can make into an order, before a person with all that is known of it. `listed` is its entry in
 * PayPal's transaction list, if that is where it was found. True when it is news.
 */
export async function reportStrayMoney(
  { db }: Pick<PaymentServices, 'db'>,
  paypalCaptureId: string,
  { problem, facts }: { readonly problem: RecoverProblem | 'not_a_capture'; readonly facts: CaptureFacts },
  listed: PayPalTransaction | null,
): Promise<boolean> {
  const order = facts.kind === 'found' ? facts.order : null
  const capture = facts.kind === 'found' || facts.kind === 'order_gone' ? facts.capture : null
  const amount = capture?.amount ?? listed?.amount
  const attempt = problem === 'second_payment' && order?.customId ? await findAttempt(db, order.customId) : null
  return raiseIncident(db, {
    kind: 'money_without_order',
    subject: paypalCaptureId,
    paypalCaptureId,
    paypalOrderId: paypalOrderOf(facts),
    attemptId: attempt?.id ?? null,
    orderId: attempt ? ((await findOrderOfAttempt(db, attempt.id))?.id ?? null) : null,
    amountMinor: amount?.minor ?? null,
    currency: amount?.currency ?? null,
    details: {
      problem,
      paidAt: listed?.initiatedAt?.toISOString() ?? null,
      customId: listed?.customId ?? capture?.customId ?? order?.customId ?? null,
      invoiceId: listed?.invoiceId ?? order?.contents?.invoiceId ?? null,
      ...describe(order),
    },
  })
}

function paypalOrderOf(facts: CaptureFacts): string | null {
  if (facts.kind === 'found') return facts.order.paypalOrderId
  return facts.kind === 'order_gone' ? facts.paypalOrderId : null
}

/** Who paid, for what, and where it was to go: what a person needs to decide. */
function describe(order: PayPalOrder | null): Record<string, string | null> {
  const contents = order?.contents
  const address = contents?.address
  return {
    payerEmail: contents?.payerEmail ?? null,
    items: contents?.items?.map(({ name, sku, quantity }) => `${quantity} × ${name} (${sku})`).join('; ') ?? null,
    shipTo: address
      ? [address.name, address.line1, address.line2, address.city, address.region, address.postalCode, address.country]
          .filter((part) => part !== '')
          .join(', ')
      : null,
  }
}
