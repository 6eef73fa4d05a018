import 'server-only'

import type { Database, Transaction } from '@/db/client'
import type { LockedOrder } from '@/db/queries/fulfilment'
import { findReturn, type ReturnRow } from '@/db/queries/returns'
import type { Admin } from '@/lib/admin/admin'
import { RETURN_MOVES, type ReturnState } from '@/lib/domain/return'
import { actOnOrder, type ActOutcome, type ActRefusal, type Done, type OrderAct } from '@/lib/fulfilment/act-on-order'

/** Which return, of which order, and up to which of the order's events whoever acts has seen it. */
export interface ReturnAct extends OrderAct {
  readonly returnId: string
}

/**
 * One act of staff on one return: on its order's terms (`actOnOrder`), so that whoever comes second is told what the first did, and
 * only where the return's life leads to `to`.
 */
export async function actOnReturn<Refusal extends ActRefusal>(
  db: Database,
  admin: Admin,
  input: ReturnAct,
  to: ReturnState,
  act: (tx: Transaction, order: LockedOrder, row: ReturnRow) => Promise<Done | Refusal>,
  isDone?: (tx: Transaction) => Promise<boolean>,
): Promise<ActOutcome> {
  const onReturn = async (tx: Transaction, order: LockedOrder) => {
    const row = await findReturn(tx, input.returnId)
    if (row?.orderId !== order.id) return { kind: 'not_found' } as const
    if (!RETURN_MOVES[row.state].includes(to)) return { kind: 'return_is', state: row.state } as const
    return act(tx, order, row)
  }
  return actOnOrder(db, admin, input, onReturn, isDone)
}
