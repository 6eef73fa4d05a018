import { and, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'

import { TOKEN_LIFE_MINUTES, type TokenData, type TokenKind } from '@/lib/domain/member'
import type { Role } from '@/lib/domain/staff'

import type { Database, Queryable, Transaction } from '../client'
import { members, memberTokens, passkeyChallenges } from '../schema/members'

export interface TokenRow {
  readonly kind: TokenKind
  readonly memberId: string | null
  readonly email: string
  readonly data: TokenData
}

const columns = {
  kind: memberTokens.kind,
  memberId: memberTokens.memberId,
  email: memberTokens.email,
  data: memberTokens.data,
}

export async function insertToken(tx: Transaction, token: TokenRow & { readonly hash: string }): Promise<void> {
  const minutes = TOKEN_LIFE_MINUTES[token.kind]
  await tx.insert(memberTokens).values({ ...token, expiresAt: sql`now() + make_interval(mins => ${minutes})` })
}

const isGood = (hash: string, kinds: readonly TokenKind[]) =>
  and(
    eq(memberTokens.hash, hash),
    inArray(memberTokens.kind, [...kinds]),
    isNull(memberTokens.usedAt),
    gt(memberTokens.expiresAt, sql`now()`),
  )

/** Looks at a token without using it up: for the page with the button. */
export async function findToken(db: Queryable, hash: string, kinds: readonly TokenKind[]): Promise<TokenRow | null> {
  const [row] = await db.select(columns).from(memberTokens).where(isGood(hash, kinds))
  return row ?? null
}

/** Uses a token up. Of two that try at once one gets it. */
export async function useToken(tx: Transaction, hash: string, kinds: readonly TokenKind[]): Promise<TokenRow | null> {
  const [row] = await tx
    .update(memberTokens)
    .set({ usedAt: sql`now()` })
    .where(isGood(hash, kinds))
    .returning(columns)
  return row ?? null
}

/** After a password or an address has changed no link mailed before is good any more. */
export async function voidTokens(tx: Transaction, memberId: string, kinds: readonly TokenKind[]): Promise<void> {
  await tx
    .update(memberTokens)
    .set({ usedAt: sql`now()` })
    .where(
      and(eq(memberTokens.memberId, memberId), inArray(memberTokens.kind, [...kinds]), isNull(memberTokens.usedAt)),
    )
}

const isOpenInvitation = and(
  eq(memberTokens.kind, 'staff_invite'),
  isNull(memberTokens.usedAt),
  gt(memberTokens.expiresAt, sql`now()`),
)

export interface Invitation {
  readonly email: string
  readonly role: Role
  readonly expiresAt: Date
  /** Null when whoever sent it has no account any more. */
  readonly invitedBy: string | null
}

/** Who could still come in by a mailed invitation, the newest first. */
export async function listInvitations(db: Queryable): Promise<Invitation[]> {
  return db
    .select({
      email: memberTokens.email,
      role: sql<Role>`${memberTokens.data} ->> 'role'`,
      expiresAt: memberTokens.expiresAt,
      invitedBy: members.email,
    })
    .from(memberTokens)
    .leftJoin(members, sql`${members.id}::text = ${memberTokens.data} ->> 'invitedBy'`)
    .where(isOpenInvitation)
    .orderBy(desc(memberTokens.createdAt), memberTokens.email)
}

/** No invitation mailed to this address before lets anybody in any more. Answers how many that was true of. */
export async function voidInvitations(tx: Transaction, email: string): Promise<number> {
  const rows = await tx
    .update(memberTokens)
    .set({ usedAt: sql`now()` })
    .where(and(isOpenInvitation, eq(memberTokens.email, email)))
    .returning({ email: memberTokens.email })
  return rows.length
}

/** Nor does any that this member has sent. */
export async function voidInvitationsFrom(tx: Transaction, memberId: string): Promise<void> {
  await tx
    .update(memberTokens)
    .set({ usedAt: sql`now()` })
    .where(and(isOpenInvitation, sql`${memberTokens.data} ->> 'invitedBy' = ${memberId}`))
}

export async function insertChallenge(tx: Queryable, challenge: string, memberId: string | null): Promise<void> {
  await tx.insert(passkeyChallenges).values({ challenge, memberId, expiresAt: sql`now() + interval '5 minutes'` })
}

/** Takes a challenge away, so that it is answered once. Null when it was not asked of this member, or is over. */
export async function takeChallenge(tx: Queryable, challenge: string): Promise<{ memberId: string | null } | null> {
  const [row] = await tx
    .delete(passkeyChallenges)
    .where(eq(passkeyChallenges.challenge, challenge))
    .returning({
      memberId: passkeyChallenges.memberId,
      inTime: sql<boolean>`${passkeyChallenges.expiresAt} > now()`,
    })
  return row?.inTime ? { memberId: row.memberId } : null
}

export async function forgetOldTokens(db: Database): Promise<void> {
  await db.delete(memberTokens).where(lt(memberTokens.expiresAt, sql`now() - interval '7 days'`))
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, sql`now()`))
}
