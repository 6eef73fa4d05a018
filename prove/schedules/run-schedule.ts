import { sql } from 'drizzle-orm'

import { reconcile } from '@/lib/payments/reconciliation/reconcile'
import { stockProduct } from '@/testing/test-shop'

import { letTheBankAct, settleRefunds, type BankActs } from './bank'
import { breakDeadlock } from './controlled-database'
import { findFalseNos } from './false-no'
import { seededFaults } from './faults'
import { isQuiet, judge } from './judge'
import { deliverMail } from './postman'
import { seededRandom, type Random } from './random'
import { Scheduler } from './scheduler'
import { atPayPal, newShopper, useTab, type Shopper } from './shopper'
import { letTheWorldTurn, refund, settlePending, work, workOnce } from './staff'
import { BEGINNING_OF_TIME, onPause, type World } from './world'

export interface ScheduleResult {
  readonly seed: number
  /** Empty when the promise was kept. */
  readonly wrong: readonly string[]
  readonly trace: readonly string[]
  readonly orders: number
  readonly refunds: number
  readonly deaths: number
  readonly steps: number
  readonly waits: number
  /** Webhooks that were kept. */
  readonly events: number
}

const TICKS_MAX = 20
const TICK_SECONDS = 120
const WATCH_SECONDS = 1_000
/** A little more than the longest lease. */
const LEASE_SECONDS = 50
const STALL_STEPS = 60
const ASKED_EVERY_SECONDS = 3_700
const DAY_MS = 86_400_000

/** One schedule: shoppers, workers, staff and misfortune in the order the seed has it; then quiet; then judgement. */
export async function runSchedule(world: World, seed: number): Promise<ScheduleResult> {
  await world.reset(seed)
  const random = seededRandom(seed)
  const scheduler = new Scheduler(random, world.backends)
  const variantIds = [await stockProduct(world.db, 1 + random.below(3)), await stockProduct(world.db, 2)]
  const shoppers = Array.from({ length: 1 + random.below(3) }, () => newShopper(random, variantIds))
  const sentTooEarly: string[] = []
  const madeOnSite = new Set<string>()
  const acknowledged = new Set<string>()
  const bank: BankActs = { hasActed: false, unexplained: [] }
  if (random.chance(0.25)) await world.paypal.set({ refundsStayPending: true })
  world.controlled.deadlocks = 0
  // A postman that died in a bad moment leaves none to the next.
  world.controlled.isAwayFor = null
  world.network.onCapture = async ({ paypalOrderId }) => {
    const state = await attemptState(world, paypalOrderId)
    if (state !== 'capturing') sentTooEarly.push(`I5: a capture was sent while its attempt was ${state}`)
  }
  world.network.onRefund = async ({ reference }) => {
    if (!(await isRefundKept(world, reference))) sentTooEarly.push(`I6: a refund was sent that no row asks for`)
  }
  spawnEverybody({ world, scheduler, random, shoppers, variantIds, madeOnSite, acknowledged, bank })
  const faults = seededFaults(random)
  const stall = () => {
    scheduler.stall(STALL_STEPS)
    takeOver(world, scheduler)
  }
  world.network.onLateCapture = (paypalOrderId) => takeOver(world, scheduler, random.chance(0.5) ? paypalOrderId : null)
  world.controlled.control = { scheduler, faults, stall }
  world.network.control = { scheduler, faults, stall, random }
  onPause((label) => scheduler.yield(label))
  try {
    await scheduler.run((pids) => breakDeadlock(world.controlled, world.monitor, pids))
  } finally {
    world.controlled.control = null
    world.network.control = null
    onPause(() => Promise.resolve())
  }
  await world.paypal.forgetFaults()
  const falseNos = await heal({ world, random, shoppers }, madeOnSite.size > 0 || bank.hasActed)
  const wrong = await judge(world, { shoppers, scheduler, sentTooEarly, falseNos, madeOnSite, acknowledged, bank })
  const { trace } = scheduler
  const waits = trace.filter((step) => step.endsWith(' blocked')).length
  return {
    seed,
    wrong,
    trace,
    steps: trace.length,
    waits,
    deaths: scheduler.deaths(),
    ...(await countWhatHappened(world)),
  }
}

interface Cast {
  readonly world: World
  readonly scheduler: Scheduler
  readonly random: Random
  readonly shoppers: readonly Shopper[]
  readonly variantIds: readonly number[]
  readonly madeOnSite: Set<string>
  readonly acknowledged: Set<string>
  readonly bank: BankActs
}

function spawnEverybody({
  world,
  scheduler,
  random,
  shoppers,
  variantIds,
  madeOnSite,
  acknowledged,
  bank,
}: Cast): void {
  // A process that dies takes its work along in the middle of any step.
  const maybeDies = () => ({ dieAtStep: random.chance(0.3) ? 1 + random.below(40) : null })
  shoppers.forEach((shopper, index) => {
    const tabs = 1 + random.below(2)
    for (let tab = 0; tab < tabs; tab++) {
      const name = `shopper ${index}.${tab}`
      scheduler.spawn(name, () => useTab(world, scheduler, random, shopper, variantIds), maybeDies())
    }
  })
  for (const name of ['worker a', 'worker b']) {
    scheduler.spawn(name, () => work(world, scheduler, 1 + random.below(3)), maybeDies())
  }
  if (random.chance(0.5)) scheduler.spawn('desk', () => refund(world, scheduler, random, madeOnSite), maybeDies())
  if (random.chance(0.6)) {
    scheduler.spawn('postman', () => deliverMail(world, scheduler, random, acknowledged), maybeDies())
  }
  if (random.chance(0.3)) scheduler.spawn('bank', () => letTheBankAct(world, scheduler, random, bank))
  scheduler.spawn('world', () => letTheWorldTurn(world, scheduler, random, variantIds))
}

/** Leases run out, and another process goes on: perhaps with an order whose amount was changed meanwhile. */
function takeOver(world: World, scheduler: Scheduler, changedOrderId: string | null = null): void {
  scheduler.spawn('successor', async () => {
    await scheduler.yield('start')
    if (changedOrderId !== null) await atPayPal(() => world.paypal.tamper(changedOrderId, { amountValue: '1.00' }))
    await world.advance(LEASE_SECONDS)
    await workOnce(world)
  })
}

/**
 * Faults have stopped: time passes and the worker works. Everything must come to its end within twenty ticks, and nobody be told
 * of an end without money before. @returns what was told falsely.
 */
async function heal(
  { world, random, shoppers }: Pick<Cast, 'world' | 'random' | 'shoppers'>,
  isNightNeeded: boolean,
): Promise<string[]> {
  const falseNos: string[] = []
  for (let tick = 0; tick < TICKS_MAX; tick++) {
    await settlePending(world, random)
    await settleRefunds(world, random)
    await world.advance(TICK_SECONDS)
    await workOnce(world)
    falseNos.push(...(await findFalseNos(world, shoppers)))
    if (await isQuiet(world, 'sent refunds')) break
  }
  // A late request may have had its effect at PayPal: closed attempts are looked at every quarter of an hour.
  await world.advance(WATCH_SECONDS)
  for (let tick = 0; tick < 3; tick++) await workOnce(world)
  await outlastRefunds(world, random)
  // Only for what was done on PayPal's own site or by a bank: it would cover up whatever else the shop had lost.
  if (!isNightNeeded) return falseNos
  await reconcile(world.services, { from: new Date(BEGINNING_OF_TIME), to: new Date(BEGINNING_OF_TIME + DAY_MS) })
  await workOnce(world)
  await outlastRefunds(world, random)
  return falseNos
}

/** What PayPal takes its time with is asked about every hour. */
async function outlastRefunds(world: World, random: Random): Promise<void> {
  for (let hour = 0; hour < 3 && !(await isQuiet(world)); hour++) {
    await settleRefunds(world, random)
    await world.advance(ASKED_EVERY_SECONDS)
    await workOnce(world)
  }
}

async function attemptState(world: World, paypalOrderId: string): Promise<string> {
  const { rows } = await world.monitor.query<{ state: string }>(
    'select state from public.payment_attempts where paypal_order_id = $1',
    [paypalOrderId],
  )
  return rows[0]?.state ?? 'missing'
}

async function isRefundKept(world: World, reference: string): Promise<boolean> {
  const asks = "select 1 from public.refunds where id::text = split_part($1, '.', 1)"
  const { rows } = await world.monitor.query(asks, [reference])
  return rows.length > 0
}

async function countWhatHappened(world: World): Promise<Pick<ScheduleResult, 'orders' | 'refunds' | 'events'>> {
  const { rows } = await world.db.execute<{ orders: number; refunds: number; events: number }>(
    sql`select (select count(*) from orders)::int as orders, (select count(*) from refunds)::int as refunds,
      (select count(*) from webhook_events)::int as events`,
  )
  return rows[0] ?? { orders: 0, refunds: 0, events: 0 }
}
