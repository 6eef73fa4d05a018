import { readFileSync } from 'node:fs'

/** The server's process behind a connection, as far as it can be stopped and let go on from here. */
export interface Backends {
  stop(pid: number): void
  go(pid: number): void
}

/**
 * Those of a database whose server runs on this machine, and nobody else's: a process is ours if its title names the database,
 * as Linux shows it. Elsewhere nothing happens.
 */
export function backendsOf(databaseUrl: string): Backends {
  const name = new URL(databaseUrl).pathname.slice(1)
  const signal = (pid: number, what: NodeJS.Signals) => {
    if (isBackend(pid, name)) process.kill(pid, what)
  }
  return { stop: (pid) => signal(pid, 'SIGSTOP'), go: (pid) => signal(pid, 'SIGCONT') }
}

function isBackend(pid: number, databaseName: string): boolean {
  try {
    const title = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return title.startsWith('postgres: ') && title.includes(` ${databaseName} `)
  } catch {
    return false
  }
}
