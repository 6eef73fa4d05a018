'use server'

import type { WishState } from '@/components/members/wish-state'
import { memberDatabase } from '@/lib/members/member-services'
import { unwish, wish } from '@/lib/members/wish-list'
import { readFields } from '@/lib/web/answer-form'
import { isOwnForm } from '@/lib/web/own-form'

import { redirect } from 'next/navigation'

/** The product page's small button. Guests have a wish list too. */
export async function addToWishList(_previous: WishState, formData: FormData): Promise<WishState> {
  if (!(await isOwnForm())) return 'refused'
  const { product } = readFields(formData, ['product'])
  const { kind } = await wish(memberDatabase(), product)
  return kind === 'not_found' ? 'refused' : kind
}

export async function removeFromWishList(formData: FormData): Promise<void> {
  if (await isOwnForm()) await unwish(memberDatabase(), readFields(formData, ['product']).product)
  redirect('/wish-list')
}
