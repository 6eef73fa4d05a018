import { once } from 'node:events'

import { startChild, TYPESCRIPT, type Child } from '@/scripts/stack/children'
import { NEXT_CLI } from '@/scripts/stack/next'
import { waitUntilAnswers } from '@/scripts/stack/wait-until-answers'

export interface ProgramOptions {
  readonly name: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly logDir: string
  /** Answers 200 once the program can work; without one it is taken to work at once. */
  readonly readyUrl?: string
}

/** A process that is killed and started again. */
export class Program {
  readonly #options: ProgramOptions
  #child: Child | null = null

  constructor(options: ProgramOptions) {
    this.#options = options
  }

  /** Starts it unless it runs, and answers once it is ready. */
  async start(): Promise<void> {
    const child = (this.#child ??= startChild(this.#options))
    if (this.#options.readyUrl) await waitUntilAnswers(child, this.#options.readyUrl)
  }

  /** SIGKILL from outside: it learns nothing of its end. Answers once it is dead, with the time of the death. */
  async kill(): Promise<number> {
    const child = this.#child
    if (!child) throw new Error(`The ${this.#options.name} does not run`)
    this.#child = null
    const { process } = child
    if (process.exitCode !== null || process.signalCode !== null) {
      throw new Error(`The ${child.name} had ended by itself:\n${child.lastOutput()}`)
    }
    const dead = once(process, 'exit')
    process.kill('SIGKILL')
    await dead
    return performance.now()
  }

  async stop(): Promise<void> {
    await this.#child?.stop()
    this.#child = null
  }
}

type Given = Pick<ProgramOptions, 'env' | 'logDir'> & { readonly flags?: readonly string[]; readonly name?: string }

/** The shop as `npm start` runs it. `env` names its port; `flags` go to Node. */
export function shopProgram({ env, logDir, flags = [], name = 'shop' }: Given): Program {
  const port = env['PORT'] ?? ''
  const readyUrl = `http://localhost:${port}/api/health/ready`
  return new Program({ name, args: [...flags, NEXT_CLI, 'start', '-p', port], env, logDir, readyUrl })
}

/** The worker as `npm run worker` runs it. */
export function workerProgram({ env, logDir, flags = [], name = 'worker' }: Given): Program {
  return new Program({ name, args: [...flags, ...TYPESCRIPT, 'scripts/worker.ts'], env, logDir })
}
