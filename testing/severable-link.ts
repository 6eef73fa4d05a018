import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A database address that can be cut and mended, as when a server restarts or a network fails. */
export interface SeverableLink {
  readonly url: string
  /** Ends every connection and refuses new ones. */
  cut(): void
  mend(): void
  close(): void
}

/** Forwards a local port to the database at `url`. */
export async function severableLink(url: string): Promise<SeverableLink> {
  const target = new URL(url)
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const forwarded = new URL(url)
  forwarded.port = String((server.address() as AddressInfo).port)
  const cut = () => {
    isCut = true
    for (const socket of open) socket.destroy()
  }
  return {
    url: forwarded.href,
    cut,
    mend: () => {
      isCut = false
    },
    close: () => {
      cut()
      server.close()
    },
  }
}
