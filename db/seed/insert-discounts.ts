import type { Transaction } from '../client'
import { discounts } from '../schema/discounts'

/** One code to try in the demonstration. */
export async function insertDiscounts(tx: Transaction): Promise<void> {
  await tx
    .insert(discounts)
    .values({ code: 'WELCOME10', label: 'First order, 10 % off', kind: 'percent', value: 1_000, usesMaxPerBuyer: 1 })
    .onConflictDoNothing()
}
