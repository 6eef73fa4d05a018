import { once } from 'node:events'

import type { PartResult, PartWish } from './part'
import { spawnApart } from './spawn-apart'

/** Runs a part in a process of its own, with its output on ours. One that ends without a report has failed. */
export async function runPartApart(name: string, { size, seed, only = null }: PartWish): Promise<PartResult> {
  const child = spawnApart('run-part.ts', [name, String(size), String(seed), ...(only === null ? [] : [String(only)])])
  let told: PartResult | null = null
  child.on('message', (message) => (told = message as PartResult))
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  const ended = `It ended without a report (${signal ?? `exit code ${code}`})`
  return (
    told ?? {
      name,
      claim: '',
      size: typeof size === 'number' ? size : 0,
      fullSize: 0,
      seconds: 0,
      counts: [],
      violations: [ended],
    }
  )
}
