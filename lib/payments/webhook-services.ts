import 'server-only'

import { readFileSync } from 'node:fs'

import type { WebhookGateway } from '@/lib/domain/webhook-gateway'
import { getEnvironment, type Environment } from '@/lib/runtime/env'
import { getLog } from '@/lib/runtime/log'

import { getPaymentServices, paypalAccount, type PaymentServices } from './payment-services'
import { paypalOrigin, simulatorOrigin } from './paypal/webhooks/certificate-address'
import { CertificateTrust, trustPublicRoots } from './paypal/webhooks/certificate-trust'
import { readCertificates } from './paypal/webhooks/read-certificates'
import { createPayPalWebhooks } from './paypal/webhooks/webhook-gateway'

/** What the verbs of webhooks are given. */
export interface WebhookServices extends PaymentServices {
  readonly webhooks: WebhookGateway
}

let shared: WebhookServices | undefined

/** The composition root of webhooks. */
export function getWebhookServices(): WebhookServices {
  if (shared) return shared
  const env = getEnvironment()
  if (!env.PAYPAL_WEBHOOK_ID) {
    getLog().warn('PAYPAL_WEBHOOK_ID is not set: webhooks are turned away, and events are asked for every 15 minutes')
  }
  shared = { ...getPaymentServices(), webhooks: openWebhooks(env) }
  return shared
}

/** PayPal's webhooks alone, also for a shop that is not registered yet. */
export function openWebhooks(env: Environment): WebhookGateway {
  return createPayPalWebhooks({
    ...paypalAccount(env),
    webhookId: env.PAYPAL_WEBHOOK_ID ?? null,
    ...whoSigns(env),
  })
}

function whoSigns(env: Environment) {
  if (env.PAYPAL_ENVIRONMENT !== 'simulator') {
    return { origin: paypalOrigin(env.PAYPAL_ENVIRONMENT), trust: trustPublicRoots() }
  }
  const authorities = env.PAYPAL_WEBHOOK_CA ? readAuthorities(env.PAYPAL_WEBHOOK_CA) : []
  return { origin: simulatorOrigin(env.PAYPAL_SIMULATOR_URL ?? ''), trust: new CertificateTrust(authorities) }
}

/** Without them the simulator itself is asked about each transmission, as PayPal would be. */
function readAuthorities(file: string) {
  try {
    return readCertificates(readFileSync(file, 'utf8'))
  } catch (error) {
    getLog().warn({ cause: String(error) }, 'PAYPAL_WEBHOOK_CA cannot be read')
    return []
  }
}
