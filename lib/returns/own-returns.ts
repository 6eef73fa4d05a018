import 'server-only'

import { getDatabase } from '@/db/client'
import { findOrderIdentity } from '@/db/queries/orders'
import { listReturnItems, listReturnsOfOrder, readReturnable } from '@/db/queries/returns'
import type { OrderView } from '@/lib/domain/order'
import { leftToReturn, returnDeadline, RETURNS_PER_ORDER_MAX, type ReturnState } from '@/lib/domain/return'

/** A return as its buyer follows it. */
export interface OwnReturn {
  readonly id: string
  readonly state: ReturnState
  readonly askedAt: Date
  readonly answer: string
  readonly items: readonly { readonly name: string; readonly quantity: number }[]
}

/** What can be sent back of an item. */
export interface ReturnChoice {
  readonly position: number
  readonly name: string
  readonly detail: string
  readonly left: number
}

/** The returns of an order that its buyer has before them, and what else can be sent back, until when. */
export async function readOwnReturns({ orderNumber, items }: OrderView): Promise<{
  readonly returns: readonly OwnReturn[]
  readonly choices: readonly ReturnChoice[]
  readonly deadline: Date | null
}> {
  const db = getDatabase()
  const identity = await findOrderIdentity(db, orderNumber)
  if (!identity) return { returns: [], choices: [], deadline: null }
  const returns: OwnReturn[] = []
  for (const { id, state, askedAt, answer } of await listReturnsOfOrder(db, orderNumber)) {
    const lines = await listReturnItems(db, id)
    returns.push({
      id,
      state,
      askedAt,
      answer,
      items: lines.map(({ productName, quantity }) => ({ name: productName, quantity })),
    })
  }
  const returnable = await readReturnable(db, identity.id)
  const deadline = returnDeadline(returnable)
  const isOpen = deadline !== null && new Date() <= deadline && returnable.returnsSoFar < RETURNS_PER_ORDER_MAX
  const choices = returnable.items.flatMap((item): ReturnChoice[] => {
    const bought = items[item.position]
    const left = isOpen ? leftToReturn(item) : 0
    const detail = (bought?.options ?? []).map(({ value }) => value).join(', ')
    return bought && left > 0 ? [{ position: item.position, name: bought.productName, detail, left }] : []
  })
  return { returns, choices, deadline }
}
