import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

import { MessageCutter } from './postgres-messages'
import { TransactionReader } from './transaction-reader'

/** Seen and not forwarded; done by the server and not answered; answered. The same moments as the simulator's. */
export type Moment = 'received' | 'worked' | 'answered'

/** Something is about to become permanent, or has. */
export interface CommitMessage {
  readonly statements: readonly string[]
  readonly moment: Moment
}

/** The connection waits for it. `drop` cuts the connection on both sides. */
export type OnCommit = (message: CommitMessage) => void | 'drop' | Promise<void | 'drop'>

export interface PostgresProxy {
  /** The database's address through the proxy. */
  readonly url: string
  /** Sends new connections to another server. */
  retarget(url: string): void
  close(): void
}

/** Stands between a process and its database and acts at the moments of each commit. */
export async function startPostgresProxy(url: string, onCommit: OnCommit = () => undefined): Promise<PostgresProxy> {
  let target = new URL(url)
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    const link = new Link(near, far, onCommit)
    void link.carryRequests().catch(() => far.destroy())
    void link.carryAnswers().catch(() => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const forwarded = new URL(url)
  forwarded.port = String((server.address() as AddressInfo).port)
  return {
    url: forwarded.href,
    retarget: (next) => {
      target = new URL(next)
    },
    close: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}

/** One connection. The driver sends a statement only when the former is answered, so at most one is being waited for. */
class Link {
  readonly #near: Socket
  readonly #far: Socket
  readonly #onCommit: OnCommit
  #awaited: readonly string[] | null = null

  constructor(near: Socket, far: Socket, onCommit: OnCommit) {
    this.#near = near
    this.#far = far
    this.#onCommit = onCommit
  }

  async carryRequests(): Promise<void> {
    const cutter = new MessageCutter('client')
    const reader = new TransactionReader()
    for await (const chunk of this.#near) {
      for (const message of cutter.cut(chunk as Buffer)) {
        const statements = reader.read(message)
        if (statements) {
          await this.#tell(statements, 'received')
          this.#awaited = statements
        }
        this.#far.write(message.bytes)
      }
    }
  }

  async carryAnswers(): Promise<void> {
    const cutter = new MessageCutter('server')
    let held: Buffer[] = []
    let failed = false
    for await (const chunk of this.#far) {
      for (const { type, bytes } of cutter.cut(chunk as Buffer)) {
        if (!this.#awaited) {
          this.#near.write(bytes)
          continue
        }
        held.push(bytes)
        if (type === 'E') failed = true
        // ReadyForQuery comes after the commit: only then is the work done.
        if (type !== 'Z') continue
        await this.#release(held, failed)
        held = []
        failed = false
      }
    }
  }

  async #release(held: readonly Buffer[], failed: boolean): Promise<void> {
    const statements = this.#awaited ?? []
    this.#awaited = null
    if (!failed) await this.#tell(statements, 'worked')
    await new Promise<void>((resolve, reject) => {
      this.#near.write(Buffer.concat(held), (error) => (error ? reject(error) : resolve()))
    })
    if (!failed) await this.#tell(statements, 'answered')
  }

  async #tell(statements: readonly string[], moment: Moment): Promise<void> {
    if ((await this.#onCommit({ statements, moment })) !== 'drop') return
    this.#near.destroy()
    this.#far.destroy()
    throw new Error('dropped')
  }
}
