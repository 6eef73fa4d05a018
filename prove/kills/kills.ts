import { ensureBuild } from '@/scripts/stack/next'

import { startProofServer } from '../harness/proof-server'
import type { Part } from '../part'
import { killAll } from './kill-all'
import { CELLS } from './steps'

const LANES = 6
const TIMED_ONE_IN = 10
/** Fewer kills are a look whether all is well, on whatever machine: nothing is measured. */
const TIMED_FROM_SIZE = 100
const CELL_TIMES_MIN = 20

export const part: Part = {
  name: 'kills',
  claim:
    'Shop or worker killed at any message: an order is there if and only if PayPal holds its money, within 60 seconds of the death.',
  fullSize: CELLS.length * CELL_TIMES_MIN,
  briefSize: 100,
  async run({ size, seed, say }) {
    await ensureBuild()
    const server = await startProofServer()
    try {
      const timedOneIn = size < TIMED_FROM_SIZE ? 0 : TIMED_ONE_IN
      const cellTimesMin = Math.min(CELL_TIMES_MIN, Math.floor(size / CELLS.length))
      return await killAll(server, { size, seed, say, lanes: LANES, timedOneIn, cellTimesMin })
    } finally {
      await server.stop()
    }
  },
}
