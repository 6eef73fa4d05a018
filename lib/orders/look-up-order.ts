import 'server-only'

import { getDatabase, inTransaction, type Database } from '@/db/client'
import { hasOrder } from '@/db/queries/member-orders'
import { findToken, insertToken } from '@/db/queries/member-tokens'
import { findOrder } from '@/db/queries/orders'
import { TOKEN_LIFE_MINUTES } from '@/lib/domain/member'
import type { OrderView } from '@/lib/domain/order'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { queueMail } from '@/lib/mail/queue-mail'
import { countMemberTry, type Caller } from '@/lib/members/limit-tries'
import { hashSecret, makeSecret } from '@/lib/members/member-token'
import type { MailedOutcome } from '@/lib/members/request-link'

/**
 * Mails a link to an order's page, if number and address belong together; the answer is the same if they do not. The number
 * alone is printed on parcels, so it opens nothing.
 */
export async function lookUpOrder(
  db: Database,
  { orderNumber: typed, email, caller }: { orderNumber: string; email: string; caller: Caller },
): Promise<MailedOutcome> {
  const counted = await countMemberTry(db, 'mail', email, caller)
  if (counted.kind === 'slow_down') return counted
  const orderNumber = parseOrderNumber(typed)
  await inTransaction(db, async (tx) => {
    const fits = await hasOrder(tx, orderNumber ?? '', email)
    const { secret, hash } = makeSecret()
    // Token and mail are written either way, so that both take as long; those for nothing open nothing and go nowhere.
    const opened = fits ? orderNumber : null
    const data = opened === null ? {} : { orderNumber: opened }
    await insertToken(tx, { hash, kind: 'order_lookup', memberId: null, email, data })
    const minutes = TOKEN_LIFE_MINUTES.order_lookup
    const path = `/find-order/${secret}`
    const mail = { kind: 'order_lookup_link', path, minutes, orderNumber: opened ?? '' } as const
    await queueMail(tx, mail, { to: opened === null ? null : email, about: hash })
  })
  return { kind: 'mailed' }
}

/** The order behind a mailed link; null for a link that is too old, wrong, or no longer goes to the order's address. */
export async function openOrderLink(db: Database, secret: string): Promise<OrderView | null> {
  const token = await findToken(db, hashSecret(secret), ['order_lookup'])
  const found = token?.data.orderNumber ? await findOrder(db, token.data.orderNumber) : null
  return found && found.order.email === token?.email ? found.order : null
}

export async function opensOrder(secret: string): Promise<boolean> {
  return (await openOrderLink(getDatabase(), secret)) !== null
}
