import 'server-only'

import { getEnvironment } from '@/lib/runtime/env'

export interface ButtonConfig {
  /** Public by PayPal's design. */
  readonly clientId: string
  readonly environment: 'sandbox' | 'production'
  /** The simulator's script, put on the page before PayPal's loader looks for its own; null with the real PayPal. */
  readonly simulatorScriptUrl: string | null
}

/** What the browser needs for PayPal's button, read at run time so that one build serves any account. */
export function getButtonConfig(): ButtonConfig {
  const env = getEnvironment()
  const simulator = env.PAYPAL_SIMULATOR_URL?.replace(/\/$/, '')
  return {
    clientId: env.PAYPAL_CLIENT_ID,
    environment: env.PAYPAL_ENVIRONMENT === 'live' ? 'production' : 'sandbox',
    simulatorScriptUrl: simulator ? `${simulator}/web-sdk/v6/core` : null,
  }
}
