import 'server-only'

import { setTimeout as delay } from 'node:timers/promises'

import type { Database } from '@/db/client'
import { readInboxState, type InboxState } from '@/db/queries/webhook-inbox'
import { findRegistrationFaults, webhookAddress, type RegistrationFault } from '@/lib/domain/webhook-registration'
import { openWebhooks } from '@/lib/payments/webhook-services'
import { getEnvironment, type Environment } from '@/lib/runtime/env'

import type { Admin } from '../admin'

export interface PayPalState extends InboxState {
  readonly mode: Environment['PAYPAL_ENVIRONMENT']
  readonly merchantId: string
  readonly invoicePrefix: string
  /** Null: PayPal's deliveries are turned away. */
  readonly webhookId: string | null
  readonly webhookAddress: string
}

/** What the shop is set up with, and how PayPal's events have come. Asks nobody. */
export async function getPayPalState(db: Database, _admin: Admin<'settings.manage'>): Promise<PayPalState> {
  const env = getEnvironment()
  return {
    ...(await readInboxState(db)),
    mode: env.PAYPAL_ENVIRONMENT,
    merchantId: env.PAYPAL_MERCHANT_ID,
    invoicePrefix: env.PAYPAL_INVOICE_PREFIX,
    webhookId: env.PAYPAL_WEBHOOK_ID ?? null,
    webhookAddress: webhookAddress(env.APP_URL),
  }
}

export type PayPalReport =
  /** The credentials work; what is wrong with the registration of the webhook. */
  | { readonly kind: 'answered'; readonly faults: readonly RegistrationFault[] }
  | { readonly kind: 'no_answer'; readonly cause: string }

/** As long as somebody looks at an empty page. */
const ASK_MS = 8_000

/** Asks PayPal with the credentials of this moment, not with a token from before. */
export async function askPayPal(
  _admin: Admin<'settings.manage'>,
  env = getEnvironment(),
  waitMs = ASK_MS,
): Promise<PayPalReport> {
  const listed = await Promise.race([
    openWebhooks(env).listWebhooks(),
    delay(waitMs, { kind: 'unknown', cause: 'timeout' } as const, { ref: false }),
  ])
  if (listed.kind === 'unknown') return { kind: 'no_answer', cause: listed.cause }
  const wanted = { id: env.PAYPAL_WEBHOOK_ID ?? null, url: webhookAddress(env.APP_URL) }
  return { kind: 'answered', faults: findRegistrationFaults(listed.webhooks, wanted) }
}
