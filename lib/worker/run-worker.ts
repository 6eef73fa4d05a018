import 'server-only'

import { setTimeout as delay } from 'node:timers/promises'

import { getPaymentServices } from '@/lib/payments/payment-services'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { sweepRefunds } from '@/lib/payments/sweep-refunds'
import { getLog } from '@/lib/runtime/log'

import { announceCatalogue } from './announce-catalogue'

const TICK_MS = 2_000

/**
 * Looks for due rows every two seconds until `signal` aborts. Nothing is kept in memory: a worker that dies loses
 * nothing, and any number of them share the work. A database that is away is waited for.
 */
export async function runWorker(signal: AbortSignal): Promise<void> {
  const services = getPaymentServices()
  getLog().info('worker started')
  while (!signal.aborted) {
    try {
      await sweepPayments(services)
      await sweepRefunds(services)
      await announceCatalogue(services.db, services.appUrl)
    } catch (error) {
      getLog().error({ cause: String(error) }, 'worker tick failed')
    }
    await delay(TICK_MS, undefined, { signal }).catch(() => undefined)
  }
}
