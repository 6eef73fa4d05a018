import { sql } from 'drizzle-orm'

import type { Database } from '@/db/client'
import type { LedgerEntry } from '@/simulator/ledger'

import type { HttpBuyer, ShopAnswer, Told } from './http-buyer'
import { readLedger } from './read-ledger'

/** The order is there, or a reason was given why it is not. Whatever else is said leaves it open. */
export function isDefinite(answer: ShopAnswer): boolean {
  return answer.kind === 'answer' && (answer.status === 200 || answer.status === 402)
}

function saysNo(answer: ShopAnswer): boolean {
  return answer.kind === 'answer' && answer.status === 402
}

/** A final no: this payment is over without money. */
function isOver(answer: ShopAnswer): boolean {
  return saysNo(answer) && answer.kind === 'answer' && answer.body['kind'] === 'closed'
}

/** Whoever comes back once nothing is under way any more is told what is true, and not that it is open. */
export async function askOnceMore(buyers: readonly HttpBuyer[]): Promise<string[]> {
  const wrong: string[] = []
  for (const buyer of buyers) {
    const paypalOrderId = buyer.told.findLast(({ about }) => about !== null)?.about ?? [...buyer.approved].at(-1)
    if (paypalOrderId === undefined) continue
    const answer = await buyer.look(paypalOrderId)
    if (!isDefinite(answer)) wrong.push(`I11: ${buyer.cart.cartId} is told ${JSON.stringify(answer)} in the end`)
  }
  return wrong
}

/**
 * I11, once nothing is under way any more: whoever was told of an order has it; whoever was told no in the end has no money at
 * PayPal; and whoever has approved a payment has an order, unless it is `spoiled`. An answer that left it open may be either.
 */
export async function judgeTold(
  db: Database,
  entries: readonly LedgerEntry[],
  buyers: readonly HttpBuyer[],
  spoiled: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const { rows } = await db.execute<{ cart: string; number: string }>(sql`
    select cart_id as cart, order_number as number from orders`)
  const numbers = new Map(rows.map(({ cart, number }) => [cart, number]))
  const kept = new Map<string, number>()
  for (const { paypalOrderId, grossMinor, returnedMinor } of readLedger(entries).values()) {
    kept.set(paypalOrderId, (kept.get(paypalOrderId) ?? 0) + grossMinor - returnedMinor)
  }
  return buyers.flatMap((buyer) => judgeBuyer(buyer, numbers.get(buyer.cart.cartId) ?? null, kept, spoiled))
}

function judgeBuyer(
  { cart: { cartId }, told, approved }: HttpBuyer,
  orderNumber: string | null,
  kept: ReadonlyMap<string, number>,
  spoiled: ReadonlySet<string>,
): string[] {
  const wrong: string[] = []
  for (const number of told.flatMap(readOrderNumber)) {
    if (number !== orderNumber)
      wrong.push(`I11: ${cartId} was told of order ${number}, it has ${orderNumber ?? 'none'}`)
  }
  for (const paypalOrderId of new Set(told.flatMap(({ about }) => about ?? []))) {
    const keptMinor = kept.get(paypalOrderId) ?? 0
    if (keptMinor === 0) continue
    const about = told.filter((answer) => answer.about === paypalOrderId)
    // After a decline the same order can be paid another way; what is over is over, whatever is said later.
    for (const no of about.filter(
      (answer, index) => isOver(answer) || (index === about.length - 1 && saysNo(answer)),
    )) {
      wrong.push(`I11: ${cartId} was told ${JSON.stringify(no)}, PayPal has ${keptMinor} of ${paypalOrderId}`)
    }
  }
  for (const paypalOrderId of approved) {
    if (orderNumber === null && !spoiled.has(paypalOrderId)) {
      wrong.push(`I14: ${cartId} has approved ${paypalOrderId} and has no order`)
    }
  }
  return wrong
}

function readOrderNumber(answer: Told): string[] {
  const number = answer.kind === 'answer' ? answer.body['orderNumber'] : undefined
  return typeof number === 'string' ? [number] : []
}
