import 'server-only'

import { postgresCode } from '@/db/client'

/** What a form says of something that another transaction holds for longer than anybody should wait. */
export const LOCKED =
  'This is being written by somebody else at the moment, such as by an import. Nothing of yours was saved; try again in a minute.'

const LOCK_NOT_AVAILABLE = '55P03'

/** Does `act`, or answers with `locked` when what it writes was not to be had in all its tries: that is no fault, and passes. */
export async function unlessLocked<T>(act: () => Promise<T>, locked: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (postgresCode(error) !== LOCK_NOT_AVAILABLE) throw error
  }
  return locked()
}
