import type { CodeProblem } from './discount'
import { formatMoney, type Currency } from './money'
import type { Limit } from './rate-limit'

/** Letters, digits and dashes; written in capitals, typed as one likes. */
export const DISCOUNT_CODE = /^[A-Z0-9][A-Z0-9-]{2,29}$/

/** A typed code as it is kept; null for what can't be one. */
export function normaliseCode(typed: string): string | null {
  const code = typed.trim().toUpperCase()
  return DISCOUNT_CODE.test(code) ? code : null
}

/** What the shopper can still do something about; the code is kept, and counts as soon as it can. */
export function isWorthKeeping(problem: CodeProblem): boolean {
  return problem.kind === 'below_minimum' || problem.kind === 'not_for_these'
}

/** Why a code takes nothing off, and what to do. */
export function codeText(problem: CodeProblem, currency: Currency | null): string {
  switch (problem.kind) {
    case 'unknown':
      return 'We have no such code. Look at how it is written.'
    case 'not_yet':
      return 'This code is not valid yet.'
    case 'ended':
      return 'This code is no longer valid.'
    case 'used_up':
      return 'This code has been used as often as it can be.'
    case 'used_by_buyer':
      return 'This code has been used with your e-mail address already.'
    case 'not_for_these':
      return 'This code is for other pieces than those in your cart.'
    case 'below_minimum':
      return currency === null
        ? 'This code is for a larger order.'
        : `Add ${formatMoney({ minor: problem.missingMinor, currency })} more and this code counts.`
  }
}

/** How often codes may be tried: a person mistypes, a script goes through thousands. The network is hashed. */
export function codeLimits({ cartId, networkHash }: { cartId: string; networkHash: string | null }): Limit[] {
  return [
    { key: `code:cart:${cartId}`, capacity: 10, perHour: 60 },
    ...(networkHash === null ? [] : [{ key: `code:network:${networkHash}`, capacity: 60, perHour: 240 }]),
  ]
}
