import { verify, X509Certificate } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { crc32 } from 'node:zlib'
import type { Json } from './test-driver'

export type Received = { headers: IncomingHttpHeaders; raw: Buffer; event: Json }

/** Stands where the shop's webhook door would be: keeps what arrives and answers as told. */
export type Receiver = {
  url: string
  received: Received[]
  types(): string[]
  /** The status for what comes next; 0 cuts the connection. */
  answerWith(status: number): void
  /** Once so many have arrived. */
  arrived(count: number): Promise<void>
  close(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  let status = 200
  let onArrival = () => {}
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks)
      received.push({ headers: request.headers, raw, event: parse(raw) })
      onArrival()
      if (status === 0) return void request.socket.destroy()
      response.writeHead(status).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/api/paypal/webhooks`,
    received,
    types: () => received.map(({ event }) => event?.event_type),
    answerWith: (next) => {
      status = next
    },
    arrived: (count) =>
      new Promise((resolve) => {
        onArrival = () => void (received.length >= count && resolve())
        onArrival()
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function parse(raw: Buffer): Json {
  try {
    return JSON.parse(raw.toString())
  } catch {
    return null
  }
}

/** What a careful shop finds wrong with a transmission; null when it is genuine. Written without the simulator's code. */
export async function problemOf(
  { headers, raw }: Received,
  webhookId: string,
  trusted: { origin: string; root: string; intermediate: string },
): Promise<string | null> {
  const header = (name: string) => String(headers[`paypal-${name}`] ?? '')
  if (header('auth-algo') !== 'SHA256withRSA') return 'algorithm'
  if (new URL(header('cert-url')).origin !== trusted.origin) return 'host'
  const pem = await (await fetch(header('cert-url'))).text()
  const leaf = new X509Certificate(pem)
  const intermediate = new X509Certificate(trusted.intermediate)
  if (!intermediate.verify(new X509Certificate(trusted.root).publicKey)) return 'intermediate'
  if (!leaf.verify(intermediate.publicKey)) return 'issuer'
  if (leaf.checkHost('messageverificationcerts.simulator.test') === undefined) return 'name'
  const time = Date.parse(header('transmission-time'))
  if (time < Date.parse(leaf.validFrom) || time > Date.parse(leaf.validTo)) return 'expired'
  const message = [header('transmission-id'), header('transmission-time'), webhookId, crc32(raw)].join('|')
  const signature = Buffer.from(header('transmission-sig'), 'base64')
  return verify('sha256', Buffer.from(message), leaf.publicKey, signature) ? null : 'signature'
}
