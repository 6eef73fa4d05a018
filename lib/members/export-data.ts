import 'server-only'

import type { Database } from '@/db/client'
import { listOrderNumbersOf, listPaymentsWithoutOrderOf, listRefundsOf } from '@/db/queries/customer-export'
import { listAddresses } from '@/db/queries/member-addresses'
import { findMemberCart } from '@/db/queries/member-carts'
import { listSessionHistory, listWishedSlugs } from '@/db/queries/member-export'
import { listIdentities, listPasskeys } from '@/db/queries/member-keys'
import { findMember } from '@/db/queries/members'
import type { Customer } from '@/lib/domain/customer'

import { exportOrder } from './export-order'
import type { Member } from './member'

/** Everything the shop has about a member, save what would let somebody in: hashes and keys. */
export async function exportData(db: Database, member: Member) {
  const data = await collectMemberData(db, member.memberId)
  if (!data) throw new Error('a session without a member')
  return data
}

/** The same of whoever asks somebody at the desk for it; null when there is no such member. Who may ask is the caller's question. */
export async function collectMemberData(db: Database, memberId: string) {
  const row = await findMember(db, memberId)
  if (!row) return null
  const { passwordHash, ...account } = row
  const passkeys = await listPasskeys(db, memberId)
  const identities = await listIdentities(db, memberId)
  return {
    account: { ...account, hasPassword: passwordHash !== null },
    addresses: await listAddresses(db, memberId),
    ...(await collectPurchases(db, { kind: 'member', memberId })),
    cart: (await findMemberCart(db, memberId))?.items ?? [],
    wishList: await listWishedSlugs(db, memberId),
    passkeys: passkeys.map(({ label, createdAt, lastUsedAt }) => ({ label, createdAt, lastUsedAt })),
    connectedAccounts: identities.map(({ provider, subject, email, createdAt }) => ({
      provider,
      subject,
      email,
      createdAt,
    })),
    sessions: await listSessionHistory(db, memberId),
  }
}

/** What a customer has bought, what they meant to, and what went back. */
export async function collectPurchases(db: Database, customer: Customer) {
  const orders = []
  for (const orderNumber of await listOrderNumbersOf(db, customer)) {
    orders.push(await exportOrder(db, orderNumber))
  }
  return {
    orders,
    paymentsWithoutOrder: await listPaymentsWithoutOrderOf(db, customer),
    refunds: await listRefundsOf(db, customer),
  }
}
