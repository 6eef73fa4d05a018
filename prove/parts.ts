import type { Part } from './part'

/** Every part by name, in the order in which they run. Each is loaded only in the process that runs it. */
const PARTS: Readonly<Record<string, () => Promise<{ readonly part: Part }>>> = {
  model: () => import('./model/model'),
  schedules: () => import('./schedules/schedules'),
  mutants: () => import('./mutants/broken-on-purpose'),
  kills: () => import('./kills/kills'),
  crashes: () => import('./infrastructure/crashes'),
  clocks: () => import('./infrastructure/clocks'),
  pool: () => import('./infrastructure/pool'),
  replay: () => import('./replay/replay'),
  restore: () => import('./infrastructure/restore'),
  oversell: () => import('./oversell/oversell'),
}

export const PART_NAMES: readonly string[] = Object.keys(PARTS)

/** @throws Error when there is no such part. */
export async function loadPart(name: string): Promise<Part> {
  const load = PARTS[name]
  if (!load) throw new Error(`There is no part called ${name}. There are: ${PART_NAMES.join(', ')}`)
  return (await load()).part
}
