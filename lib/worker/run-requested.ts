import 'server-only'

import { setTimeout as delay } from 'node:timers/promises'

import type { PaymentServices } from '@/lib/payments/payment-services'
import { reconcileRequested } from '@/lib/payments/reconciliation/reconcile-requested'
import { getLog } from '@/lib/runtime/log'

const LOOK_EVERY_MS = 5_000

/** What somebody in the back office has asked for and waits to see, beside the worker's other work and never in its way. */
export async function runRequested(services: PaymentServices, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await reconcileRequested(services)
    } catch (error) {
      getLog().error({ cause: String(error) }, 'what was asked for could not be done')
    }
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}
