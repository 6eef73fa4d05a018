import { setTimeout as delay } from 'node:timers/promises'

import type { Child } from './children'

const PATIENCE_MS = 90_000

/** Waits for a successful answer. @throws Error with the process's output when it ends before, or never answers. */
export async function waitUntilAnswers(child: Child, url: string): Promise<void> {
  const deadline = AbortSignal.timeout(PATIENCE_MS)
  let answer = 'no answer'
  while (!deadline.aborted) {
    if (child.process.exitCode !== null || child.process.signalCode !== null) {
      throw new Error(`The ${child.name} ended while starting:\n${child.lastOutput()}`)
    }
    try {
      const response = await fetch(url, { signal: AbortSignal.any([deadline, AbortSignal.timeout(10_000)]) })
      if (response.ok) return
      answer = `status ${response.status}`
    } catch {
      // Not listening yet.
    }
    await delay(100)
  }
  throw new Error(`The ${child.name} does not answer at ${url} (${answer}):\n${child.lastOutput()}`)
}
