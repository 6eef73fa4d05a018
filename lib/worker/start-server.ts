import 'server-only'

import { EnvironmentError, getEnvironment, isBuilding } from '@/lib/runtime/env'
import { believeConnections } from '@/lib/web/connection-address'

import { runWorker } from './run-worker'

/** What the shop's process does before its first request. Does nothing during a build, which knows no environment. */
export function startServer(): void {
  if (isBuilding()) return
  try {
    const env = getEnvironment()
    if (env.TRUSTED_PROXIES === 0) believeConnections()
    if (env.WORKER === 'separate') return
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
  const stopping = new AbortController()
  process.once('SIGTERM', () => stopping.abort())
  process.once('SIGINT', () => stopping.abort())
  void runWorker(stopping.signal)
}
