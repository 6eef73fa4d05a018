import 'server-only'

import { setTimeout as delay } from 'node:timers/promises'

import { issuePapers } from '@/lib/papers/issue-papers'
import { getShipmentServices } from '@/lib/payments/shipment-services'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { sweepRefunds } from '@/lib/payments/sweep-refunds'
import { tellParcels } from '@/lib/payments/tell-parcels'
import { watchMoney } from '@/lib/payments/watch-invariants'
import { getWebhookServices } from '@/lib/payments/webhook-services'
import { applyDuePrices } from '@/lib/products/apply-due-prices'
import { getLog } from '@/lib/runtime/log'
import { sweepEvents } from '@/lib/webhooks/sweep-events'

import { announceCatalogue } from './announce-catalogue'
import { runJobs } from './run-jobs'
import { runImports } from './run-imports'
import { runMail } from './run-mail'
import { runNightly } from './run-nightly'
import { runRequested } from './run-requested'

const TICK_MS = 2_000

/**
 * Looks for due rows every two seconds until `signal` aborts. Nothing is kept in memory: a worker that dies loses
 * nothing, and any number of them share the work. A database that is away is waited for.
 */
export async function runWorker(signal: AbortSignal): Promise<void> {
  const services = getWebhookServices()
  getLog().info('worker started')
  void runNightly(services, signal)
  void runRequested(services, signal)
  void runMail(signal)
  void runJobs(services.db, signal)
  void runImports(services.db, signal)
  while (!signal.aborted) {
    try {
      await sweepEvents(services)
      await sweepPayments(services)
      await sweepRefunds(services)
      await tellParcels(getShipmentServices())
      await issuePapers(services.db)
      await applyDuePrices(services.db)
      await announceCatalogue(services.db, services.appUrl)
      await watchMoney(services.db)
    } catch (error) {
      getLog().error({ cause: String(error) }, 'worker tick failed')
    }
    await delay(TICK_MS, undefined, { signal }).catch(() => undefined)
  }
}
