'use server'

import type { CartActionState } from '@/components/catalog/cart-action-state'

export async function addToCart(_previous: CartActionState, formData: FormData): Promise<CartActionState> {
  const quantity = Number(formData.get('quantity'))
  return { kind: 'added', name: String(formData.get('variantId')), quantity, count: quantity, totalText: '$28.00' }
}
