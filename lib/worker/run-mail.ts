import 'server-only'

import { setTimeout as delay } from 'node:timers/promises'

import { getDatabase } from '@/db/client'
import { parseMailbox } from '@/lib/domain/mailbox-name'
import { createMailServer } from '@/lib/mail/mail-server'
import { sweepMail } from '@/lib/mail/send-mail'
import { getEnvironment } from '@/lib/runtime/env'
import { getLog } from '@/lib/runtime/log'

const LOOK_EVERY_MS = 1_000
const AWAY_MS = 5_000

/** Sends mail until `signal` aborts, beside the worker's other work: a mail server that is slow or away delays mail alone. */
export async function runMail(signal: AbortSignal): Promise<void> {
  const { SMTP_URL, MAIL_FROM, APP_URL } = getEnvironment()
  const from = parseMailbox(MAIL_FROM)
  if (!from) throw new Error('MAIL_FROM was checked at the start')
  const services = { db: getDatabase(), server: createMailServer(SMTP_URL, from), appUrl: APP_URL.replace(/\/$/, '') }
  while (!signal.aborted) {
    try {
      const outcome = await sweepMail(services)
      if (outcome === 'more') continue
      await delay(outcome === 'away' ? AWAY_MS : LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
    } catch (error) {
      // The driver's own error: the one around it names values, and with them who gets mail.
      const cause = error instanceof Error ? (error.cause ?? error) : error
      getLog().error({ cause: String(cause) }, 'mail could not be swept')
      await delay(AWAY_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}
