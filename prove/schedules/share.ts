import { once } from 'node:events'

import { spawnApart } from '../spawn-apart'
import type { Tally } from './run-schedules'

/** Some of the schedules of a run, for one world: every `stride`-th seed from the first. */
export interface Share {
  readonly size: number
  readonly seed: number
  readonly stride: number
}

/** What a share's process sends: how far it is, and in the end what it has found. */
export type ShareMessage = { readonly done: number } | { readonly tally: Tally }

interface ShareRun {
  readonly onDone?: (done: number) => void
  /** Ends the share after the schedule that it is at. */
  readonly signal?: AbortSignal
  /** Where the code is, when it is not this one's. */
  readonly folder?: string
}

/** Runs a share in a process of its own, with a server of its own. @throws Error when it ends without a report. */
export async function runShareApart(share: Share, { onDone, signal, folder }: ShareRun): Promise<Tally> {
  const child = spawnApart('schedules/run-share.ts', [JSON.stringify(share)], folder)
  let tally: Tally | null = null
  child.on('message', (message: ShareMessage) => {
    if ('tally' in message) tally = message.tally
    else onDone?.(message.done)
  })
  const stop = () => child.connected && child.send('stop')
  signal?.addEventListener('abort', stop)
  const [code, killedBy] = (await once(child, 'exit')) as [number | null, string | null]
  signal?.removeEventListener('abort', stop)
  if (tally === null) {
    throw new Error(`The schedules from seed ${share.seed} ended without a report (${killedBy ?? `exit code ${code}`})`)
  }
  return tally
}
