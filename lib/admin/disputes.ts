import 'server-only'

import type { Database } from '@/db/client'
import { listDisputes } from '@/db/queries/disputes'
import { disputeAddress } from '@/lib/payments/dispute-address'

import type { Admin } from './admin'

const SHOWN = 200

/** Open disputes, the nearest deadline first, and those that ended last. Each with where PayPal wants the answer. */
export async function getDisputes(db: Database, _admin: Admin<'payments.read'>) {
  const [open, over] = await Promise.all([
    listDisputes(db, { open: true }, SHOWN),
    listDisputes(db, { open: false }, 50),
  ])
  const withAddress = ({ dispute, orderNumber }: (typeof open)[number]) => ({
    ...dispute,
    orderNumber,
    address: disputeAddress(dispute.id),
  })
  return { open: open.map(withAddress), over: over.map(withAddress) }
}

export type DisputeRow = Awaited<ReturnType<typeof getDisputes>>['open'][number]
