import 'server-only'

import { getLog } from '@/lib/runtime/log'

import type { PaymentServices } from './payment-services'
import { recoverCapture } from './recover-capture'
import { reportStrayMoney } from './report-stray-money'
import { syncRefunds } from './sync-refunds'

/**
 * A capture that was named to us and that our books lack. The account may be used elsewhere too: what is not ours is left
 * alone, and what is ours but cannot become an order by any rule is put before a person.
 */
export async function recoverOwnCapture(
  services: PaymentServices,
  paypalCaptureId: string,
): Promise<'in_the_books' | 'no_money' | 'not_ours' | 'reported' | 'unknown'> {
  const outcome = await recoverCapture(services, paypalCaptureId)
  switch (outcome.kind) {
    case 'recovered':
      await syncRefunds(services, paypalCaptureId)
      return 'in_the_books'
    case 'known':
      return 'in_the_books'
    case 'no_money':
    case 'left':
      return 'no_money'
    case 'missing':
      return 'not_ours'
    case 'unknown':
      return 'unknown'
    case 'unusable': {
      // Without its order nothing tells whose the money is; the nightly comparison also sees the invoice id.
      if (outcome.problem === 'not_ours' || outcome.problem === 'paypal_order_gone') return 'not_ours'
      getLog().error({ paypalCaptureId, problem: outcome.problem }, 'money of ours cannot become an order')
      await reportStrayMoney(services, paypalCaptureId, outcome, null)
      return 'reported'
    }
  }
}
