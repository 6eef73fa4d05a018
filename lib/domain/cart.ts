import { z } from 'zod'

/** More lines than this do not fit a sealed cookie of 4,096 bytes with room to spare. */
export const CART_LINES_MAX = 50
/** Of one variant. Larger orders are a conversation, not a form. */
export const LINE_QUANTITY_MAX = 99

const variantIdSchema = z.int().positive().max(2_147_483_647)
const quantitySchema = z.int().min(1).max(LINE_QUANTITY_MAX)

/** What the sealed cart cookie holds. No prices and no personal data: both are re-read on the server. */
export const Cart = z.object({
  version: z.literal(1),
  /** Server-issued and random. An order carries it, so a cart can be bought once. */
  cartId: z.uuid(),
  revision: z.int().min(0),
  items: z.array(z.tuple([variantIdSchema, quantitySchema])).max(CART_LINES_MAX),
})
export type Cart = z.infer<typeof Cart>

/** One change a shopper asks for. */
export const CartChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add'), variantId: variantIdSchema, quantity: quantitySchema }),
  z.object({
    kind: z.literal('set'),
    variantId: variantIdSchema,
    quantity: z.int().min(0).max(LINE_QUANTITY_MAX),
  }),
])
export type CartChange = z.infer<typeof CartChange>

export type CartChangeOutcome =
  | { kind: 'changed'; cart: Cart; quantity: number }
  | { kind: 'line_full'; quantity: number }
  | { kind: 'cart_full' }

/** An empty cart under a fresh id. */
export function emptyCart(cartId: string): Cart {
  return { version: 1, cartId, revision: 0, items: [] }
}

/** Number of pieces, for the badge. */
export function countItems(cart: Pick<Cart, 'items'>): number {
  return cart.items.reduce((sum, [, quantity]) => sum + quantity, 0)
}

/**
 * Applies one change. Adding sums with what is there and stops at `LINE_QUANTITY_MAX`; setting 0 removes the line.
 * The cart keeps its id: whoever edits during a payment decides whether it must rotate.
 */
export function changeCart(cart: Cart, change: CartChange): CartChangeOutcome {
  const present = cart.items.find(([variantId]) => variantId === change.variantId)?.[1] ?? 0
  const wanted = change.kind === 'add' ? present + change.quantity : change.quantity
  if (wanted > LINE_QUANTITY_MAX) return { kind: 'line_full', quantity: present }
  if (present === 0 && wanted > 0 && cart.items.length >= CART_LINES_MAX) return { kind: 'cart_full' }
  const items: Cart['items'] =
    present === 0 && wanted > 0
      ? [...cart.items, [change.variantId, wanted]]
      : cart.items.flatMap(([variantId, quantity]): Cart['items'] => {
          if (variantId !== change.variantId) return [[variantId, quantity]]
          return wanted === 0 ? [] : [[variantId, wanted]]
        })
  return { kind: 'changed', cart: { ...cart, revision: cart.revision + 1, items }, quantity: wanted }
}

/**
 * What is left of a cart once `bought` has been ordered from it: normally nothing. What another tab put in while
 * PayPal was open stays, under `nextCartId`, so that it can be bought in its own right.
 */
export function withoutBought(cart: Cart, bought: Cart['items'], nextCartId: string): Cart {
  return { version: 1, cartId: nextCartId, revision: 0, items: withoutItems(cart.items, bought) }
}

/** Whether a change is of pieces that PayPal is already being paid for: those can be taken out of sight, not made more or fewer. */
export function isOfReviewed(change: CartChange, reviewed: Cart['items']): boolean {
  return change.kind === 'set' && change.quantity > 0 && reviewed.some(([variantId]) => variantId === change.variantId)
}

/** `items` less all that is `taken`, which may name a variant more than once. */
export function withoutItems(items: Cart['items'], taken: Cart['items']): Cart['items'] {
  return items.flatMap(([variantId, quantity]): Cart['items'] => {
    const left = taken.reduce((rest, [id, count]) => (id === variantId ? rest - count : rest), quantity)
    return left > 0 ? [[variantId, left]] : []
  })
}
