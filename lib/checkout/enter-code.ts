import 'server-only'

import { createHash } from 'node:crypto'

import { getDatabase, inTransaction } from '@/db/client'
import { codeLimits, codeText, isWorthKeeping, normaliseCode } from '@/lib/domain/discount-code'
import { waitText } from '@/lib/domain/member-limits'
import { getEnvironment } from '@/lib/runtime/env'
import { readCallerNetwork } from '@/lib/web/caller-network'
import { readCheckoutDraft, saveCheckoutDraft } from '@/lib/web/checkout-cookie'
import { readCart } from '@/lib/web/current-cart'
import { countTry } from '@/lib/web/rate-limit'

import { quoteCheckout } from './quote-checkout'

export type EnterCodeOutcome = { readonly kind: 'entered' } | { readonly kind: 'refused'; readonly message: string }

/** Keeps a discount code with what the shopper has filled in. A code is guessed by trying, so tries are counted. */
export async function enterCode(typed: string): Promise<EnterCodeOutcome> {
  const code = normaliseCode(typed)
  if (code === null) return refuse(typed.trim() === '' ? 'Enter a code.' : codeText({ kind: 'unknown' }, null))
  const db = getDatabase()
  const cart = await readCart()
  const wait = await countCodeTry(cart.cartId)
  if (wait !== null) return refuse(`Too many codes were tried. Try again ${wait}.`)
  const draft = await readCheckoutDraft()
  const destination = { address: null, deliveryMethodId: null, email: draft.email, discountCode: code }
  const { code: entered, currency } = await quoteCheckout(db, cart, destination)
  const problem = entered?.problem ?? null
  if (problem && !isWorthKeeping(problem)) return refuse(codeText(problem, currency))
  await saveCheckoutDraft({ ...draft, discountCode: code })
  return { kind: 'entered' }
}

/** Null when the try is admitted, else when to come again. */
async function countCodeTry(cartId: string): Promise<string | null> {
  if (getEnvironment().RATE_LIMITS === 'off') return null
  const network = await readCallerNetwork()
  const networkHash = network === null ? null : createHash('sha256').update(`limit:${network}`).digest('base64url')
  const limits = codeLimits({ cartId, networkHash })
  const outcome = await inTransaction(getDatabase(), (tx) => countTry(tx, { limits, caller: cartId, cost: 1 }))
  return outcome.kind === 'slow_down' ? waitText(outcome.retryAfterSeconds) : null
}

function refuse(message: string): EnterCodeOutcome {
  return { kind: 'refused', message }
}
