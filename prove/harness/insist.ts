import { setTimeout as delay } from 'node:timers/promises'

/** Generous: only what never ends takes as long. */
const PATIENCE_MS = 600_000
const RETRY_MS = 100

/**
 * What a buyer does whose request is answered with 503 or 202: ask again, until the answer is no longer open. `again` hears
 * of each repeat. @throws the last error, or Error with the last answer, when it does not end.
 */
export async function insist<T>(
  ask: () => Promise<T>,
  isOpen: (answer: T) => boolean,
  again: () => void = () => undefined,
): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      const answer = await ask()
      if (!isOpen(answer)) return answer
      if (performance.now() > deadline) throw new Error(`it stays open: ${JSON.stringify(answer)}`)
    } catch (error) {
      if (performance.now() > deadline) throw error
    }
    again()
    await delay(RETRY_MS)
  }
}
