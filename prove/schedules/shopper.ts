import { randomUUID } from 'node:crypto'

import type { Cart } from '@/lib/domain/cart'
import { closeCartAttempts } from '@/lib/payments/close-cart-attempts'
import { finishPayment, type FinishOutcome } from '@/lib/payments/finish-payment'
import { startPayment } from '@/lib/payments/start-payment'
import { newBuyerKey } from '@/testing/test-shop'

import { keptIfOver } from './false-no'
import type { Random } from './random'
import type { Scheduler } from './scheduler'
import type { World } from './world'

/** What a tab was told about a payment: the judge compares it with what became of the money. */
export interface Told {
  readonly paypalOrderId: string
  readonly kind: FinishOutcome['kind']
  /** What PayPal had of it when it was said to be over without money, minor units. */
  readonly keptMinor: number
}

/** A person with one browser: all tabs share the cart, as they share its cookie. */
export interface Shopper {
  cart: Cart
  readonly buyerKey: string
  readonly paypalOrderIds: string[]
  readonly told: Told[]
}

export function newShopper(random: Random, variantIds: readonly number[]): Shopper {
  return {
    cart: { version: 1, cartId: randomUUID(), revision: 1, items: someItems(random, variantIds) },
    buyerKey: newBuyerKey(),
    paypalOrderIds: [],
    told: [],
  }
}

function someItems(random: Random, variantIds: readonly number[]): [number, number][] {
  const first = random.pick(variantIds)
  const items: [number, number][] = [[first, 1 + random.below(2)]]
  const second = random.pick(variantIds)
  if (second !== first) items.push([second, 1])
  // In the order of the click, not of the id: the shop has to bring them into one.
  return random.chance(0.5) ? items : items.toReversed()
}

/** One tab doing what people do, in an order that no one should. */
export async function useTab(
  world: World,
  scheduler: Scheduler,
  random: Random,
  shopper: Shopper,
  variantIds: readonly number[],
): Promise<void> {
  const rounds = 1 + random.below(3)
  for (let round = 0; round < rounds; round++) {
    await scheduler.yield('think')
    const what = random.below(10)
    if (what < 7) await pay(world, scheduler, random, shopper)
    else if (what < 9) await editCart(world, random, shopper, variantIds)
    else await goBack(world, random, shopper)
  }
}

async function pay(world: World, scheduler: Scheduler, random: Random, shopper: Shopper): Promise<void> {
  const { cart, buyerKey } = shopper
  const input = { cart, buyerKey, draft: world.draft, shownTotalMinor: null }
  const started = await startPayment(world.services, input)
  if (started.kind !== 'started') return
  const { paypalOrderId } = started
  shopper.paypalOrderIds.push(paypalOrderId)
  await scheduler.yield('at PayPal')
  if (random.chance(0.05)) await atPayPal(() => world.paypal.tamper(paypalOrderId, { amountValue: '1.00' }))
  const funding = random.pick([
    'balance',
    'balance',
    'balance',
    'balance',
    'declined_card',
    'pending',
    'declined_capture',
  ])
  if (random.chance(0.1)) await finish(world, shopper, paypalOrderId)
  if (random.chance(0.9)) await atPayPal(() => world.paypal.approve(paypalOrderId, funding))
  await scheduler.yield('back from PayPal')
  // Some close the window after approving: the worker or a webhook has to bring their order.
  if (random.chance(0.2)) return
  const outcome = await finish(world, shopper, paypalOrderId)
  if (outcome.kind === 'declined' && random.chance(0.7)) {
    await scheduler.yield('another card')
    await atPayPal(() => world.paypal.approve(paypalOrderId, 'balance'))
    await finish(world, shopper, paypalOrderId)
  }
}

async function finish(world: World, shopper: Shopper, paypalOrderId: string): Promise<FinishOutcome> {
  const outcome = await finishPayment(world.services, { paypalOrderId, buyerKey: shopper.buyerKey })
  shopper.told.push({ paypalOrderId, kind: outcome.kind, keptMinor: await keptIfOver(world, paypalOrderId, outcome) })
  if (outcome.kind === 'order_placed' && outcome.cartId === shopper.cart.cartId) {
    shopper.cart = { ...shopper.cart, cartId: randomUUID(), revision: shopper.cart.revision + 1 }
  }
  return outcome
}

/** As lib/cart/edit-cart.ts does it with cookies: the payment is ended first, and the cart gets another name. */
async function editCart(world: World, random: Random, shopper: Shopper, variantIds: readonly number[]): Promise<void> {
  const { cartId } = shopper.cart
  if ((await closeCartAttempts(world.services.db, cartId)) === 'payment_in_progress') return
  if (shopper.cart.cartId !== cartId) return
  // An old cookie from a copied browser profile keeps the name.
  const next = random.chance(0.9) ? randomUUID() : cartId
  shopper.cart = { ...shopper.cart, cartId: next, items: someItems(random, variantIds) }
}

async function goBack(world: World, random: Random, shopper: Shopper): Promise<void> {
  if (shopper.paypalOrderIds.length > 0) await finish(world, shopper, random.pick(shopper.paypalOrderIds))
}

/** PayPal's own page says no to what is over or expired; people see that there. */
export async function atPayPal(act: () => Promise<unknown>): Promise<void> {
  await act().catch(() => undefined)
}
