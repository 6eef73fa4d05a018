'use server'

import { notFound } from 'next/navigation'

import { buyAgain } from '@/lib/cart/buy-again'
import { memberDatabase } from '@/lib/members/member-services'
import { readFields } from '@/lib/web/answer-form'

import { atMemberButton } from '../member-door'

/** Puts an earlier order's pieces into the cart and goes there. */
export async function buyOrderAgain(formData: FormData): Promise<void> {
  const { orderNumber } = readFields(formData, ['orderNumber'])
  await atMemberButton('/account/orders', async (member) => {
    const outcome = await buyAgain(memberDatabase(), member, orderNumber)
    if (outcome.kind === 'not_found') notFound()
    return outcome.left > 0 ? `/cart?again=${outcome.put === 0 ? 'none' : 'some'}` : '/cart?again=all'
  })
}
