import type { PayPalState } from '@/lib/admin/settings/paypal'
import type { RegistrationFault } from '@/lib/domain/webhook-registration'

export const MODE_TEXTS: Readonly<Record<PayPalState['mode'], string>> = {
  live: 'Live: real money',
  sandbox: 'Sandbox: no real money',
  simulator: 'Simulator: no real money',
}

/** Why there was no usable answer. */
export function causeText(cause: string): string {
  if (cause === 'no access token') {
    return 'It gave no access token: either it is away, or client id and secret are not those of this mode.'
  }
  if (cause === 'timeout') return 'It did not answer in eight seconds. Try again in a minute.'
  return `It answered with ${cause}.`
}

export function faultText(fault: RegistrationFault): string {
  switch (fault.kind) {
    case 'no_id':
      return 'PAYPAL_WEBHOOK_ID is not set, so nothing that arrives can be verified.'
    case 'unknown_id':
      return `PayPal knows no webhook ${fault.id} for these credentials.`
    case 'other_address':
      return `PayPal delivers to ${fault.url}.`
    case 'events_missing':
      return `PayPal does not tell of ${fault.eventTypes.join(', ')}.`
  }
}

/** "2 seconds", "3 minutes". */
export function lagText(seconds: number | null): string {
  if (seconds === null) return '–'
  const [amount, unit] =
    seconds < 90 ? [Math.max(0, Math.round(seconds)), 'second'] : [Math.round(seconds / 60), 'minute']
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}
