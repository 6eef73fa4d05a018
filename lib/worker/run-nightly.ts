import 'server-only'

import { setTimeout as delay } from 'node:timers/promises'

import { forgetOldRecipients } from '@/db/queries/mail-outbox'
import { deleteOldAdopted } from '@/db/queries/member-carts'
import { forgetOldSessions } from '@/db/queries/member-sessions'
import { forgetOldTokens } from '@/db/queries/member-tokens'
import { forgetOldTries } from '@/db/queries/rate-limits'
import { forgetEventBodies } from '@/db/queries/webhook-events'
import { addUpDays } from '@/lib/admin/sales'
import { finishDeletions } from '@/lib/members/delete-account'
import { eraseAbandoned } from '@/lib/payments/erase-abandoned'
import { reconcileNightly } from '@/lib/payments/reconciliation/reconcile-nightly'
import type { WebhookServices } from '@/lib/payments/webhook-services'
import { getLog } from '@/lib/runtime/log'
import { catchUpEvents } from '@/lib/webhooks/catch-up-events'

const LOOK_EVERY_MS = 60_000

/** What is done seldom and may take minutes, beside the worker's other work and never in its way. */
export async function runNightly(services: WebhookServices, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await catchUpEvents(services)
      await reconcileNightly(services)
      await addUpDays(services.db)
      await forgetOldTries(services.db)
      await forgetOldTokens(services.db)
      await forgetOldSessions(services.db)
      await deleteOldAdopted(services.db)
      await finishDeletions(services.db)
      await eraseAbandoned(services)
      await forgetEventBodies(services.db)
      await forgetOldRecipients(services.db)
    } catch (error) {
      getLog().error({ cause: String(error) }, 'nightly work failed')
    }
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}
