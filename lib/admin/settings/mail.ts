import 'server-only'

import { randomUUID } from 'node:crypto'

import { inTransaction, type Database } from '@/db/client'
import { appendAudit } from '@/db/queries/audit-log'
import { readMailState, type MailState } from '@/db/queries/mail-outbox'
import { parseMailbox, type Mailbox } from '@/lib/domain/mailbox-name'
import { queueMail } from '@/lib/mail/queue-mail'
import { getEnvironment } from '@/lib/runtime/env'

import { actorOf, type Admin } from '../admin'

/** How mail gets out: the server's name without what opens it, and the address it sends for. */
export async function getMailState(
  db: Database,
  _admin: Admin<'settings.manage'>,
): Promise<MailState & { readonly server: string; readonly from: Mailbox | null }> {
  const { SMTP_URL, MAIL_FROM } = getEnvironment()
  return { ...(await readMailState(db)), server: new URL(SMTP_URL).host, from: parseMailbox(MAIL_FROM) }
}

/** Queues a mail to whoever asks, on the way of every other mail. */
export async function sendTestMail(db: Database, admin: Admin<'settings.manage'>): Promise<void> {
  await inTransaction(db, async (tx) => {
    await queueMail(tx, { kind: 'test_mail' }, { to: admin.email, about: randomUUID() })
    await appendAudit(tx, {
      ...actorOf(admin),
      action: 'settings.test_mail_sent',
      subject: 'settings test mail',
      before: null,
      after: { to: admin.email },
    })
  })
}
