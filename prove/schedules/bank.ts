import type { ForeignPayment } from '@/simulator/reporting/foreign-payment'

import type { Random } from './random'
import type { Scheduler } from './scheduler'
import { atPayPal } from './shopper'
import type { World } from './world'

/** What nobody in the shop did. Most of it PayPal tells in its transaction list only. */
export interface BankActs {
  /** Whether a night is needed before the books can agree. */
  hasActed: boolean
  /** Money that moved beside all captures and refunds, and is ours to explain. */
  readonly unexplained: ForeignPayment[]
}

/** Looks for money at most so often: as long as most schedules are. */
const LOOKS_MAX = 60
/** Codes that our books have no place for; the last is none that PayPal knows today. */
const CODES = ['T0106', 'T1207', 'T1900', 'T1108', 'T7777'] as const
const OUTCOMES = ['RESOLVED_BUYER_FAVOUR', 'RESOLVED_SELLER_FAVOUR', 'CANCELED_BY_BUYER'] as const

/** Banks take money back and give it again, buyers complain, PayPal charges for it and decides, and somebody pays by hand. */
export async function letTheBankAct(world: World, scheduler: Scheduler, random: Random, acts: BankActs): Promise<void> {
  let turns = 1 + random.below(3)
  for (let looks = 0; looks < LOOKS_MAX && turns > 0; looks++) {
    await scheduler.yield('at the bank')
    const captures = await listCompleted(world)
    if (captures.length === 0 || random.chance(0.5)) continue
    turns--
    acts.hasActed = true
    await actOnce(world, scheduler, random, { acts, captureId: random.pick(captures) })
  }
}

async function actOnce(
  world: World,
  scheduler: Scheduler,
  random: Random,
  { acts, captureId }: { acts: BankActs; captureId: string },
): Promise<void> {
  // PayPal's list tells by the time alone what came first.
  await world.advance(1)
  switch (random.below(5)) {
    case 0:
      return atPayPal(() => world.paypal.reverseCapture(captureId, random.chance(0.5) ? '1.00' : undefined))
    case 1: {
      const taken = await takenBy(() => world.paypal.reverseCapture(captureId, random.chance(0.5) ? '2.00' : undefined))
      await scheduler.yield('the bank thinks again')
      await world.advance(1)
      const staysTaken = random.chance(0.5)
      return taken === null ? undefined : atPayPal(() => world.paypal.returnReversal(taken.id, { staysTaken }))
    }
    case 2: {
      const dispute = await takenBy(() => world.paypal.openDispute(captureId))
      await scheduler.yield('PayPal decides')
      const outcome = random.pick(OUTCOMES)
      return dispute === null ? undefined : atPayPal(() => world.paypal.resolveDispute(dispute.id, outcome))
    }
    case 3: {
      const about = { eventCode: random.pick(CODES), referenceId: captureId }
      acts.unexplained.push(await world.paypal.moveForeignMoney('-20.00', about))
      return
    }
    default:
      acts.unexplained.push(await world.paypal.moveForeignMoney('20.00', { invoiceId: 'CW-BYHAND' }))
  }
}

/** Null where PayPal says no, as to what is gone already. */
async function takenBy<T>(act: () => Promise<T>): Promise<T | null> {
  return act().catch(() => null)
}

async function listCompleted(world: World): Promise<string[]> {
  return (await world.paypal.ledger())
    .filter(({ kind, status }) => kind === 'capture_completed' || (kind === 'capture' && status === 'COMPLETED'))
    .map(({ captureId }) => captureId)
}

/** Refunds that wait, such as those to a bank account, reach the buyer, or come back after days. */
export async function settleRefunds(world: World, random: Random): Promise<void> {
  const entries = await world.paypal.ledger()
  const ended = new Set(
    entries.filter(({ kind }) => kind === 'refund' || kind === 'refund_failed').map(({ refundId }) => refundId),
  )
  for (const { kind, refundId } of entries) {
    if (kind !== 'refund_pending' || refundId === null || ended.has(refundId)) continue
    const end = random.chance(0.6) ? world.paypal.completeRefund : world.paypal.failRefund
    await atPayPal(() => end(refundId))
  }
}
