'use server'

import { addToCart } from '@/app/(shop)/cart/actions'
import type { CartActionState } from '@/components/catalog/cart-action-state'
import { resolveChosenVariant } from '@/lib/catalog/resolve-chosen-variant'

const OPTION_PREFIX = 'option.'

/**
 * The product page's form. With JavaScript it names the variant; before and without it, it sends the product and the
 * chosen value of each option, which are resolved here.
 */
export async function addChosenToCart(previous: CartActionState, formData: FormData): Promise<CartActionState> {
  if (!formData.has('variantId')) {
    const variantId = await resolveForm(formData)
    if (variantId === null) return { kind: 'error', message: 'This combination is not made. Choose another one.' }
    formData.set('variantId', String(variantId))
  }
  return addToCart(previous, formData)
}

async function resolveForm(formData: FormData): Promise<number | null> {
  const slug = formData.get('product')
  if (typeof slug !== 'string') return null
  const chosen = new Map<string, string>()
  for (const [name, value] of formData) {
    if (name.startsWith(OPTION_PREFIX) && typeof value === 'string') chosen.set(name.slice(OPTION_PREFIX.length), value)
  }
  return resolveChosenVariant(slug, chosen)
}
