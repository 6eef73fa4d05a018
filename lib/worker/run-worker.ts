import 'server-only'

import { issuePapers } from '@/lib/papers/issue-papers'
import { getShipmentServices } from '@/lib/payments/shipment-services'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { sweepRefunds } from '@/lib/payments/sweep-refunds'
import { tellParcels } from '@/lib/payments/tell-parcels'
import { watchMoney } from '@/lib/payments/watch-invariants'
import { lookForStuck } from '@/lib/payments/watch-stuck'
import { getWebhookServices, type WebhookServices } from '@/lib/payments/webhook-services'
import { applyDuePrices } from '@/lib/products/apply-due-prices'
import { getLog } from '@/lib/runtime/log'
import { sweepEvents } from '@/lib/webhooks/sweep-events'

import { announceCatalogue } from './announce-catalogue'
import { repeat } from './repeat'
import { runJobs } from './run-jobs'
import { runImports } from './run-imports'
import { runMail } from './run-mail'
import { runNightly } from './run-nightly'
import { runRequested } from './run-requested'

const TICK_MS = 2_000
const WATCH_MS = 60_000
/**
 * Payments that one process drives at the same time, so that one about which PayPal takes its time does not keep the others waiting.
 * Each needs a connection of the pool's ten for moments only.
 */
const PAYMENTS_AT_ONCE = 4

/**
 * Looks for due rows until `signal` aborts, and finishes the payments that it is at. Nothing is kept in memory: a worker that dies
 * loses nothing, and any number of them share the work.
 */
export async function runWorker(signal: AbortSignal): Promise<void> {
  const services = getWebhookServices()
  getLog().info('worker started')
  runBesidePayments(services, signal)
  const lanes = Array.from({ length: PAYMENTS_AT_ONCE }, () =>
    repeat(signal, TICK_MS, 'payments', () => sweepPayments(services, 1)),
  )
  await Promise.all([
    ...lanes,
    repeat(signal, TICK_MS, 'events', () => sweepEvents(services)),
    repeat(signal, TICK_MS, 'refunds', () => sweepRefunds(services)),
  ])
}

/** What may take long, or waits for something else than the payments: each by itself, and none in the way of another. */
function runBesidePayments(services: WebhookServices, signal: AbortSignal): void {
  const { db, appUrl } = services
  void runNightly(services, signal)
  void runRequested(services, signal)
  void runMail(signal)
  void runJobs(db, signal)
  void runImports(db, signal)
  void repeat(signal, TICK_MS, 'parcels', () => tellParcels(getShipmentServices()))
  void repeat(signal, TICK_MS, 'papers', () => issuePapers(db))
  void repeat(signal, TICK_MS, 'prices', async () => {
    await applyDuePrices(db)
    return 0
  })
  void repeat(signal, TICK_MS, 'catalogue', async () => {
    await announceCatalogue(db, appUrl)
    return 0
  })
  void repeat(signal, WATCH_MS, 'stuck', async () => {
    await lookForStuck(db)
    return 0
  })
  void repeat(signal, WATCH_MS, 'invariants', async () => {
    await watchMoney(db)
    return 0
  })
}
