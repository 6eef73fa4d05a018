import { availableParallelism } from 'node:os'

import type { Part, PartOrder } from '../part'
import { runShareApart } from '../schedules/share'
import { makeMutatedCopy } from './mutated-copy'
import { MUTANTS, type Mutant } from './mutants'

/** How many schedules were run over broken code, and what caught it: null when nothing did. */
interface Hunt {
  readonly schedules: number
  readonly caughtBy: string | null
  /** Why it could not be tried, or what else was found: that is no catch. */
  readonly trouble?: string
}

/** Runs schedules over the broken code until one shows what is broken; one that finds something else is passed over. */
async function catchMutant(mutant: Mutant, { size, seed }: Pick<PartOrder, 'size' | 'seed'>): Promise<Hunt> {
  const copy = await makeMutatedCopy(mutant)
  let schedules = 0
  let trouble: string | undefined
  try {
    while (schedules < size) {
      const share = { size: size - schedules, seed: seed + schedules, stride: 1 }
      const { broken, schedules: done } = await runShareApart(share, { folder: copy.folder })
      schedules += done
      const [found] = broken
      if (!found) break
      const shown = found.wrong.find((wrong) => mutant.shows.test(wrong))
      if (shown !== undefined) return { schedules, caughtBy: `seed ${found.seed}: ${shown}` }
      trouble = `only something else was found: ${found.wrong[0]}`
    }
    return { schedules, caughtBy: null, ...(trouble === undefined ? {} : { trouble }) }
  } catch (error) {
    return { schedules, caughtBy: null, trouble: String(error) }
  } finally {
    await copy.remove()
  }
}

const NEVER_BEGUN: Hunt = { schedules: 0, caughtBy: null, trouble: 'it was not begun' }

export const part: Part = {
  name: 'mutants',
  claim: 'If the protocol were broken in one of nineteen known ways, the schedules would notice.',
  fullSize: 2_000,
  isNumbered: true,
  // Each ends when it is caught: fewer would save nothing, and a late catch would look like none.
  briefSize: 2_000,
  async run(order) {
    const hunts = new Map<Mutant, Hunt>()
    const chosen = order.only === null ? MUTANTS : MUTANTS.slice(order.only - 1, order.only)
    if (chosen.length === 0) throw new Error(`there is no mutant ${order.only}`)
    const waiting = [...chosen]
    const hunt = async () => {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const found = await catchMutant(mutant, order)
        hunts.set(mutant, found)
        order.say(describe(mutant, found))
      }
    }
    await Promise.all(Array.from({ length: availableParallelism() }, hunt))
    const all = chosen.map((mutant) => ({ mutant, found: hunts.get(mutant) ?? NEVER_BEGUN }))
    const survivors = all.filter(({ found }) => found.caughtBy === null)
    return {
      counts: [
        ['mutants', all.length],
        ['caught', all.length - survivors.length],
        ['schedules for each, at most', order.size],
        ['schedules that the last one took', Math.max(...all.map(({ found }) => found.schedules))],
      ],
      violations: survivors.map(({ mutant, found }) => `${found.trouble ?? 'nothing notices'}: ${mutant.name}`),
      details: all.map(({ mutant, found }) => describe(mutant, found)),
      remarks: ['The number is of schedules that were run until one noticed.'],
    }
  },
}

function describe({ name }: Mutant, { schedules, caughtBy, trouble }: Hunt): string {
  const outcome = caughtBy !== null ? 'caught  ' : trouble === undefined ? 'SURVIVED' : 'UNTRIED '
  const cause = caughtBy ?? trouble
  return `${outcome} ${String(schedules).padStart(5)}  ${name}${cause === undefined ? '' : `: ${cause.slice(0, 140)}`}`
}
