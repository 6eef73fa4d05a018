import { sql } from 'drizzle-orm'

import type { CheckoutDraft } from '@/lib/domain/checkout'
import { finishPayment } from '@/lib/payments/finish-payment'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { startPayment } from '@/lib/payments/start-payment'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { cartOf, newBuyerKey } from '@/testing/test-shop'

import { insist } from '../harness/insist'
import { passTime } from '../harness/pass-time'
import type { Random } from '../harness/random'
import type { ApartPayPal } from '../harness/simulator-process'

export interface Rush {
  readonly services: PaymentServices
  readonly paypal: Pick<ApartPayPal, 'approve'>
  readonly draft: CheckoutDraft
  readonly variantIds: readonly number[]
  readonly checkouts: number
  readonly clients: number
  readonly random: Random
  readonly say: (line: string) => void
}

/** How the checkouts ended. */
export interface RushCounts {
  bought: number
  soldOut: number
  /** Went to PayPal and never came back. */
  left: number
  /** Were declined first, and paid by other means. */
  declinedFirst: number
  /** Answers that left it open, so that the buyer asked again. */
  openAnswers: number
  /** Anything else, by what it was: there should be none. */
  readonly other: Map<string, number>
}

/** One of so many buyers goes to PayPal and never comes back, as long as there are plenty to come. */
const LEAVES_ONE_IN = 25
/** So many of them, and the worker lets their holds go: it takes no more than 20 at a time. */
const AWAY_MAX = 15
const DECLINED_ONE_IN = 50

/** Many buyers at once want one piece each of too few, through the shop's own verbs. */
export async function sellOut(rush: Rush): Promise<RushCounts> {
  const counts: RushCounts = { bought: 0, soldOut: 0, left: 0, declinedFirst: 0, openAnswers: 0, other: new Map() }
  const away: string[] = []
  let begun = 0
  const client = async () => {
    while (begun < rush.checkouts) {
      begun += 1
      if (begun % Math.ceil(rush.checkouts / 10) === 0) rush.say(`${begun} checkouts, ${counts.bought} sold`)
      const isEarly = begun < rush.checkouts / 3
      await checkOut(rush, counts, isEarly ? away : null)
      if (away.length >= AWAY_MAX || !isEarly) await letGo(rush.services, away.splice(0))
    }
  }
  await Promise.all(Array.from({ length: rush.clients }, client))
  return counts
}

/** The worker's part: whoever stays away loses the hold. For them time is moved, in the database. */
async function letGo({ db, ...rest }: PaymentServices, cartIds: readonly string[]): Promise<void> {
  for (const cartId of cartIds) {
    await insist(
      async () => {
        await passTime(db, cartId, { holdToo: true })
        await sweepPayments({ db, ...rest })
        return db.execute(sql`select 1 from payment_attempts where cart_id = ${cartId} and state <> 'closed'`)
      },
      ({ rows }) => rows.length > 0,
    )
  }
}

/** With `away`, a buyer may go to PayPal and never come back; whoever does is noted there. */
async function checkOut(rush: Rush, counts: RushCounts, away: string[] | null): Promise<void> {
  const { services, draft, variantIds, random } = rush
  const variantId = variantIds[random.between(0, variantIds.length - 1)] ?? 0
  const leaves = away !== null && random.once(LEAVES_ONE_IN)
  const isDeclined = random.once(DECLINED_ONE_IN)
  const buyerKey = newBuyerKey()
  const cart = cartOf([variantId, 1])
  const started = await insist(
    () => startPayment(services, { cart, draft, buyerKey, shownTotalMinor: null }),
    ({ kind }) => kind === 'paypal_unavailable',
    () => (counts.openAnswers += 1),
  )
  if (started.kind === 'lines_unavailable') {
    counts.soldOut += 1
  } else if (started.kind !== 'started') {
    note(counts, started.kind)
  } else if (leaves) {
    counts.left += 1
    away.push(cart.cartId)
  } else {
    await pay(rush, counts, { paypalOrderId: started.paypalOrderId, buyerKey }, isDeclined)
  }
}

async function pay(
  { services, paypal }: Rush,
  counts: RushCounts,
  payment: { readonly paypalOrderId: string; readonly buyerKey: string },
  isDeclined: boolean,
): Promise<void> {
  const finish = () =>
    insist(
      () => finishPayment(services, payment),
      ({ kind }) => kind === 'unknown',
      () => (counts.openAnswers += 1),
    )
  if (isDeclined) {
    await paypal.approve(payment.paypalOrderId, 'declined_card')
    const declined = await finish()
    if (declined.kind === 'declined') counts.declinedFirst += 1
    else note(counts, `${declined.kind} instead of declined`)
  }
  await paypal.approve(payment.paypalOrderId)
  const finished = await finish()
  if (finished.kind === 'order_placed') counts.bought += 1
  else note(counts, finished.kind)
}

function note({ other }: RushCounts, what: string): void {
  other.set(what, (other.get(what) ?? 0) + 1)
}
