import 'server-only'

import type { Database } from '@/db/client'
import { buryMail, claimDueMail, finishMail, postponeMail, type ClaimedMail } from '@/db/queries/mail-outbox'
import { readShopSettings, type ShopSettings } from '@/db/queries/shop-settings'
import { Mail, nextMailTryInSeconds } from '@/lib/domain/mail'
import { oneLine } from '@/lib/domain/one-line'
import { getLog } from '@/lib/runtime/log'

import type { MailShop } from './letter'
import { letterHtml } from './letter-html'
import { letterSources } from './letter-sources'
import { letterText } from './letter-text'
import type { MailServer, SendOutcome } from './mail-server'
import { writeLetter } from './write-letter'

export interface MailServices {
  readonly db: Database
  readonly server: MailServer
  /** Where links in mail lead; without a slash at the end. */
  readonly appUrl: string
}

/** How many are on their way at once. */
const BATCH = 5

/** `more`: there may be others that are due. `away`: no server was reached, so asking at once again is no use. */
export type SweepOutcome = 'done' | 'more' | 'away'

/** Sends what is due. Nothing here holds a transaction or a lock while it speaks to the mail server. */
export async function sweepMail(services: MailServices): Promise<SweepOutcome> {
  const due = await claimDueMail(services.db, BATCH, services.server.domain)
  if (due.length === 0) return 'done'
  const settings = await readShopSettings(services.db)
  const outcomes = await Promise.all(due.map((claimed) => sendClaimed(services, settings, claimed)))
  if (outcomes.includes('away')) return 'away'
  return due.length === BATCH ? 'more' : 'done'
}

async function sendClaimed(
  services: MailServices,
  settings: ShopSettings,
  claimed: ClaimedMail,
): Promise<'over' | 'away'> {
  const { db } = services
  if (claimed.isExpired) {
    await bury(db, claimed, 'its link had died before it could be sent')
    return 'over'
  }
  const outcome = await trySending(services, settings, claimed)
  if (outcome.kind === 'sent') {
    await finishMail(db, claimed.id)
    getLog().info({ mailId: claimed.id, kind: claimed.kind, tries: claimed.tries }, 'mail sent')
    return 'over'
  }
  const seconds = nextMailTryInSeconds(claimed.tries)
  if (seconds === null) await bury(db, claimed, outcome.detail)
  else {
    await postponeMail(db, claimed.id, seconds, outcome.detail)
    getLog().warn(
      { mailId: claimed.id, kind: claimed.kind, tries: claimed.tries, cause: outcome.code },
      'mail not sent yet',
    )
  }
  return outcome.isAway ? 'away' : 'over'
}

/** What goes wrong in writing the mail is tried again like what goes wrong in sending it: an upgrade may mend it. */
async function trySending(
  { db, server, appUrl }: MailServices,
  settings: ShopSettings,
  claimed: ClaimedMail,
): Promise<SendOutcome> {
  const shop: MailShop = { name: settings.name, url: appUrl }
  try {
    const letter = await writeLetter(shop, Mail.parse(claimed.payload), letterSources(db, shop.url))
    return await server.send({
      to: claimed.recipient,
      messageId: claimed.messageId,
      subject: oneLine(letter.subject),
      text: letterText(letter, shop),
      html: letterHtml(letter, shop),
      senderName: settings.mailSenderName,
      replyTo: settings.mailReplyTo,
    })
  } catch (error) {
    const detail = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown'
    return { kind: 'failed', code: 'could not be written', detail, isAway: false }
  }
}

async function bury(db: Database, { id, kind, tries }: ClaimedMail, why: string): Promise<void> {
  await buryMail(db, id, why)
  getLog().error({ mailId: id, kind, tries }, 'mail given up')
}
