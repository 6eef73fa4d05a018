import 'server-only'

import type { Transaction } from '@/db/client'
import { insertMail } from '@/db/queries/mail-outbox'
import { ERASED_EMAIL } from '@/lib/domain/attempt-snapshot'
import { Email } from '@/lib/domain/checkout'
import { mailLifeMinutes, type Mail, type MailKind } from '@/lib/domain/mail'
import { getLog } from '@/lib/runtime/log'

/**
 * Queues a mail in the transaction that causes it; the worker sends it later. `about` names the one thing it is about, such as
 * an order's id: the same kind of mail about the same thing is sent once, however often it is queued. An address that no
 * mail can go to costs the mail and never the transaction. `to: null` writes what goes to nobody, where the time it takes must not
 * tell that there is nobody.
 */
export async function queueMail(
  tx: Transaction,
  mail: Mail,
  { to, about }: { to: string | null; about: string },
): Promise<void> {
  // Whoever it was has been forgotten; PayPal writes to them about their money.
  if (to === ERASED_EMAIL) return
  const recipient = Email.nullable().safeParse(to)
  if (!recipient.success) {
    getLog().error({ kind: mail.kind, about }, 'mail was not queued: its address is not one')
    return
  }
  try {
    await insertMail(tx, {
      key: mailKey(mail.kind, about),
      recipient: recipient.data,
      mail,
      lifeMinutes: mailLifeMinutes(mail),
    })
  } catch (error) {
    throw withoutValues(error)
  }
}

/** By which a mail is found again, as long as its row is kept. */
export function mailKey(kind: MailKind, about: string): string {
  return `${kind}:${about}`
}

/** The error of a failed query names its values: a link that signs in would end in a log. Its cause is the database's own. */
function withoutValues(error: unknown): Error {
  return new Error('mail could not be queued', { cause: error instanceof Error ? error.cause : undefined })
}
