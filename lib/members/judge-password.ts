import 'server-only'

import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

import type { Queryable } from '@/db/client'
import { requireShopSettings } from '@/db/queries/shop'
import { contextWords, leansOn, PASSWORD_MAX, PASSWORD_MIN } from '@/lib/domain/password'

/** Longer passwords are judged by their beginning: the time it takes grows with the square of the length. */
const JUDGED_LENGTH = 64
/** 0 to 4; below it the password falls within a hundred million tries: words with a year or a sign behind them do. */
const SCORE_MIN = 3

/** Known to everybody as the example of a good one (xkcd 936), and on no list of single words. */
const FAMOUS = 'correcthorsebatterystaple'

let judge: ZxcvbnFactory | undefined
let common: ReadonlySet<string> | undefined

/** What an attacker would try first at an account: its address and name, and the shop's own name. */
export async function whatIsKnown(db: Queryable, ofAccount: readonly string[]): Promise<string[]> {
  const { name } = await requireShopSettings(db)
  return [...ofAccount, name]
}

/** What is wrong with a password that somebody wants, or null. */
export async function judgeNewPassword(
  db: Queryable,
  password: string,
  ofAccount: readonly string[],
): Promise<string | null> {
  return judgePassword(password, await whatIsKnown(db, ofAccount))
}

/** The list of leaked and common ones is in the package: nothing is asked of anybody. */
export function judgePassword(password: string, known: readonly string[]): string | null {
  if (password.length < PASSWORD_MIN) return `Use at least ${PASSWORD_MIN} characters.`
  if (password.length > PASSWORD_MAX) return `Use at most ${PASSWORD_MAX} characters.`
  // As it is hashed.
  const plain = password.normalize('NFKC')
  common ??= new Set(dictionary['passwords-common'])
  const bare = plain.toLowerCase()
  if (common.has(bare) || bare.replaceAll(/[^a-z]/g, '') === FAMOUS) {
    return 'This password is on the lists that attackers try first. Choose another one.'
  }
  const words = contextWords(known)
  if (leansOn(words, plain)) {
    return 'This is easy to guess: it is little more than your name, your address or the shop’s. Add a word or two.'
  }
  judge ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  const { score } = judge.check(plain.slice(0, JUDGED_LENGTH), words)
  return score < SCORE_MIN ? 'This is easy to guess. Add a word or two.' : null
}
