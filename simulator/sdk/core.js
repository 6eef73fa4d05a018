// @ts-check
/**
 * The simulator's stand-in for PayPal's v6 browser script: `window.paypal` with one-time payment sessions, and the
 * element <paypal-button>. The buyer's page tells it the result by postMessage; only messages from the simulator's own
 * origin and from the window it opened count.
 */
import { PayPalButton } from './button.js'
import { createSession } from './session.js'

const eligible = {
  /** @param {string} method */
  isEligible: (method) => method === 'paypal',
  getDetails: () => ({ canBeVaulted: false }),
}

async function createInstance() {
  return {
    findEligibleMethods: async () => eligible,
    hydrateEligibleMethods: () => eligible,
    updateLocale: () => {},
    createPayPalOneTimePaymentSession: createSession,
  }
}

if (!customElements.get('paypal-button')) customElements.define('paypal-button', PayPalButton)
Object.assign(window, { paypal: { version: '6.0.0-simulated', createInstance } })
