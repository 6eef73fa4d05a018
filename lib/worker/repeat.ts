import 'server-only'

import { setTimeout as delay } from 'node:timers/promises'

import { getLog } from '@/lib/runtime/log'

/**
 * Does a piece of work until `signal` aborts: again at once as long as it says that it has found something to do, else after a
 * pause. What fails is logged and tried again after the pause: a database that is away is waited for.
 */
export async function repeat(
  signal: AbortSignal,
  pauseMs: number,
  name: string,
  work: () => Promise<number>,
): Promise<void> {
  while (!signal.aborted) {
    try {
      if ((await work()) > 0) continue
    } catch (error) {
      getLog().error({ work: name, cause: String(error) }, 'the worker failed at something')
    }
    await delay(pauseMs, undefined, { signal }).catch(() => undefined)
  }
}
