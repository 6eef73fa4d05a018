export interface ProveArguments {
  /** The parts to run, in order. */
  readonly names: readonly string[]
  readonly sizes: ReadonlyMap<string, number>
  /** What of a part is tried whose size is not named. */
  readonly otherwise: 'full' | 'brief'
  readonly seed: number
  /** The number of the one thing of a part that is tried alone; null for all. */
  readonly only: number | null
}

const SEED_MAX = 2 ** 31
const OTHER_FLAGS: readonly string[] = ['seed', 'only']

/**
 * `[part...] [--part size]... [--seed n] [--only n]`. Without a part all of them run, in full; where some sizes are named, the others are
 * brief. Without a seed there is a new one. `--only n` tries one of a part's numbered things, where it has such.
 * @throws Error that says what was not understood.
 */
export function readArguments(args: readonly string[], known: readonly string[]): ProveArguments {
  const named: string[] = []
  const sizes = new Map<string, number>()
  let seed: number | null = null
  let only: number | null = null
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    const flag = arg.startsWith('--') ? arg.slice(2) : null
    const name = flag ?? arg
    if (!OTHER_FLAGS.includes(name) && !known.includes(name)) {
      throw new Error(`There is no part called ${name}. There are: ${known.join(', ')}`)
    }
    if (flag === null) {
      named.push(name)
      continue
    }
    const value = readNumber(arg, args[++index])
    if (name === 'seed') seed = value
    else if (name === 'only') only = value
    else sizes.set(name, value)
  }
  const names = known.filter((name) => named.length === 0 || named.includes(name))
  if (only !== null && names.length !== 1) throw new Error('--only wants to know of which part')
  const otherwise = named.length === 0 && sizes.size > 0 ? 'brief' : 'full'
  return { names, sizes, otherwise, seed: seed ?? Math.floor(Math.random() * SEED_MAX), only }
}

function readNumber(flag: string, text: string | undefined): number {
  const value = Number(text)
  if (text === undefined || !Number.isInteger(value) || value < 0 || value > SEED_MAX) {
    throw new Error(`${flag} wants a whole number`)
  }
  return value
}
