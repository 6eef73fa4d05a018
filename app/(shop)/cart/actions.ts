'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'

import type { CartActionState } from '@/components/catalog/cart-action-state'
import { CART_FORM, cartLineForm, IDLE_CART_LINE, type CartLineState } from '@/components/cart/cart-line-state'
import { editCart, fitCartToStock } from '@/lib/cart/edit-cart'
import { countItems, LINE_QUANTITY_MAX } from '@/lib/domain/cart'
import { formatMoney } from '@/lib/domain/money'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { isSentByScript, saveRefusal } from '@/lib/web/refused-form-cookie'

const WHOLE = /^\d{1,10}$/
const VariantId = z.string().regex(WHOLE).transform(Number).pipe(z.int().positive().max(2_147_483_647))
const Quantity = z.string().trim().regex(WHOLE).transform(Number)

const BAD_VARIANT = 'Choose what you would like first.'
const BAD_QUANTITY = `Enter a whole number from 1 to ${LINE_QUANTITY_MAX}.`

/** Puts pieces into the cart; the product page's one button. */
export async function addToCart(_previous: CartActionState, formData: FormData): Promise<CartActionState> {
  if (!(await isOwnForm())) return { kind: 'error', message: FOREIGN }
  const variantId = VariantId.safeParse(formData.get('variantId'))
  if (!variantId.success) return { kind: 'error', message: BAD_VARIANT }
  const quantity = Quantity.pipe(z.int().min(1).max(LINE_QUANTITY_MAX)).safeParse(formData.get('quantity') ?? '1')
  if (!quantity.success) return { kind: 'error', message: BAD_QUANTITY }
  const outcome = await editCart({ kind: 'add', variantId: variantId.data, quantity: quantity.data })
  if (outcome.kind === 'refused') return { kind: 'error', message: outcome.message }
  return {
    kind: 'added',
    name: outcome.variant?.productName ?? '',
    quantity: quantity.data,
    count: countItems(outcome.cart),
    totalText: formatMoney(outcome.itemsTotal),
  }
}

/** Sets a line's quantity; 0 removes it. */
export async function setQuantity(_previous: CartLineState, formData: FormData): Promise<CartLineState> {
  if (!(await isOwnForm())) return refuse(CART_FORM, FOREIGN)
  const variantId = VariantId.safeParse(formData.get('variantId'))
  if (!variantId.success) return refuse(CART_FORM, BAD_VARIANT)
  const form = cartLineForm(variantId.data)
  const quantity = Quantity.pipe(z.int().min(0).max(LINE_QUANTITY_MAX)).safeParse(formData.get('quantity'))
  if (!quantity.success) return refuse(form, BAD_QUANTITY)
  const outcome = await editCart({ kind: 'set', variantId: variantId.data, quantity: quantity.data })
  return outcome.kind === 'refused' ? refuse(form, outcome.message) : accept()
}

/** Reduces every line to what is available and removes what is gone. */
export async function fitToStock(_previous: CartLineState): Promise<CartLineState> {
  if (!(await isOwnForm())) return refuse(CART_FORM, FOREIGN)
  const outcome = await fitCartToStock()
  return outcome.kind === 'refused' ? refuse(CART_FORM, outcome.message) : accept()
}

/** A form posted by the browser itself comes from an address that may still speak of an earlier refusal. */
async function accept(): Promise<CartLineState> {
  if (!(await isSentByScript())) redirect('/cart')
  return IDLE_CART_LINE
}

/** Shows the cart anew as well: stock or prices are not what the page still says. */
async function refuse(form: string, message: string): Promise<CartLineState> {
  if (!(await isSentByScript())) {
    await saveRefusal({ form, values: {}, errors: { quantity: message } })
    redirect('/cart?refused=1')
  }
  refresh()
  return { message }
}
