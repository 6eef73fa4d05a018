import './load-env-file'

import { EnvironmentError } from '@/lib/runtime/env'
import { runWorker } from '@/lib/worker/run-worker'

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())

try {
  await runWorker(stopping.signal)
  process.exit(0)
} catch (error) {
  console.error(error instanceof EnvironmentError ? error.message : error)
  process.exit(1)
}
