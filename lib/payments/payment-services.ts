import 'server-only'

import { getDatabase, type Database } from '@/db/client'
import type { PaymentGateway } from '@/lib/domain/payment-gateway'
import { getEnvironment, type Environment } from '@/lib/runtime/env'

import type { PayPalConfig } from './paypal/http'
import { createPayPalGateway } from './paypal/paypal-gateway'

/** What the payment verbs are given. */
export interface PaymentServices {
  readonly db: Database
  readonly gateway: PaymentGateway
  /** The account that must receive the money. */
  readonly merchantId: string
  /** How this shop's invoice ids begin: what else the account receives is not ours. */
  readonly invoicePrefix: string
  /** Whether buyers are asked for patience when they begin payments too often; off only for experiments. */
  readonly limitsTries: boolean
  /** Where PayPal sends buyers back to. */
  readonly appUrl: string
}

let shared: PaymentServices | undefined

/** The composition root of payments: the one place where the PayPal client meets the shop. */
export function getPaymentServices(): PaymentServices {
  if (shared) return shared
  const env = getEnvironment()
  shared = {
    db: getDatabase(),
    gateway: createPayPalGateway(paypalAccount(env)),
    merchantId: env.PAYPAL_MERCHANT_ID,
    invoicePrefix: env.PAYPAL_INVOICE_PREFIX,
    limitsTries: env.RATE_LIMITS === 'on',
    appUrl: env.APP_URL.replace(/\/$/, ''),
  }
  return shared
}

/** Where this shop's PayPal is, and with what it is spoken to. */
export function paypalAccount(env: Environment): PayPalConfig {
  return {
    baseUrl: paypalBaseUrl(env),
    clientId: env.PAYPAL_CLIENT_ID,
    clientSecret: env.PAYPAL_CLIENT_SECRET,
  }
}

function paypalBaseUrl(env: Environment): string {
  switch (env.PAYPAL_ENVIRONMENT) {
    case 'simulator':
      return (env.PAYPAL_SIMULATOR_URL ?? '').replace(/\/$/, '')
    case 'sandbox':
      return 'https://api-m.sandbox.paypal.com'
    case 'live':
      return 'https://api-m.paypal.com'
  }
}
