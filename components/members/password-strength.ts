import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

import { contextWords, leansOn, PASSWORD_MIN } from '@/lib/domain/password'

/** 0 is guessed at once, 4 is not guessed. The server refuses 0 and 1. */
export type Strength = 0 | 1 | 2 | 3 | 4

const judge = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
const common = new Set<string>(dictionary['passwords-common'])

/** As the server will judge it. `known` is what the page knows of the account, as the server does. */
export function strengthOf(password: string, known: readonly string[]): Strength {
  const plain = password.normalize('NFKC')
  const words = contextWords(known)
  if (plain.length < PASSWORD_MIN || common.has(plain.toLowerCase()) || leansOn(words, plain)) return 0
  return judge.check(plain.slice(0, 64), words).score
}
