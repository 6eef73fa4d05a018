import 'server-only'

import { z } from 'zod'

import { getDatabase } from '@/db/client'
import { findAddress } from '@/db/queries/member-addresses'
import { isMembersOrder } from '@/db/queries/member-orders'
import { parseOrderNumber } from '@/lib/domain/order-number'

import type { Member } from './member'

/** Whether `/account/<place>/<id>` is something of this member's. What a place does not have is nobody's. */
export async function isOwn(member: Member, place: string | undefined, id: string): Promise<boolean> {
  if (place === 'orders') {
    const orderNumber = parseOrderNumber(id)
    return orderNumber !== null && isMembersOrder(getDatabase(), member.memberId, orderNumber)
  }
  if (place === 'addresses') {
    const addressId = z.uuid().safeParse(id)
    return addressId.success && (await findAddress(getDatabase(), member.memberId, addressId.data)) !== null
  }
  return false
}
