import { startProofServer } from '../harness/proof-server'
import { runSchedules } from './run-schedules'
import type { Share, ShareMessage } from './share'
import { openWorld } from './world'

// A process for each share: a world has `fetch` and the timers of its process to itself.
const share = JSON.parse(process.argv[2] ?? '') as Share
const stopped = new AbortController()
process.on('message', () => stopped.abort())
const tell = (message: ShareMessage) => new Promise<unknown>((resolve) => process.send?.(message, resolve))
const server = await startProofServer()
const world = await openWorld(await server.newDatabase())
const tally = await runSchedules(world, share, { signal: stopped.signal, onDone: (done) => void tell({ done }) })
await tell({ tally })
// A schedule that ended early has left tasks behind, for which closing would wait.
if (tally.broken.length === 0) await world.close()
await server.stop()
process.exit(0)
