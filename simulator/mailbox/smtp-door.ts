import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import type { Clock } from '../clock'
import type { MailFault, MailFaults } from './faults'
import type { MessageStore } from './message-store'

const MESSAGE_BYTES_MAX = 5 * 1024 * 1024

type OnData = NonNullable<SMTPServerOptions['onData']>

export type SmtpDoor = { port: number; close: () => Promise<void> }

/** Takes mail for everybody, without encryption and without asking who sends it. `port` 0 takes any free one. */
export async function openSmtpDoor(
  port: number,
  parts: { store: MessageStore; faults: MailFaults; clock: Clock },
): Promise<SmtpDoor> {
  const { faults } = parts
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    size: MESSAGE_BYTES_MAX,
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, callback) => {
      const fault = faults.take(['refuse', 'try_later'], [address.toLowerCase()])
      callback(fault === null ? null : refusalOf(fault))
    },
    onData: (stream, session, callback) => {
      void answer(stream, session, callback)
    },
  })
  const cut = ({ id }: SMTPServerSession) => {
    for (const connection of server.connections) if (connection.id === id) connection.close()
    return 'cut' as const
  }
  const receive = async (raw: Buffer, session: SMTPServerSession): Promise<Error | null | 'cut'> => {
    const to = session.envelope.rcptTo.map(({ address }) => address.toLowerCase())
    const fault = faults.take(['error_after', 'drop_before', 'drop_after', 'slow'], to)
    if (fault?.fault === 'drop_before') return cut(session)
    const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
    await parts.store.add({ from, to, raw, receivedAt: parts.clock.now() })
    if (fault?.fault === 'drop_after') return cut(session)
    if (fault?.fault === 'slow') await delay(fault.delayMs ?? 2_000)
    return fault?.fault === 'error_after' ? refusalOf(fault) : null
  }
  const answer = async (...[stream, session, callback]: Parameters<OnData>) => {
    try {
      const refusal = await receive(await collect(stream), session)
      if (refusal !== 'cut') callback(refusal)
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)))
    }
  }
  server.on('error', () => undefined)
  server.server.prependListener('connection', (socket: Socket) => {
    if (faults.take(['down']) !== null) socket.destroy()
  })
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, () => resolve())
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const connection of server.connections) connection.close()
      }),
  }
}

const CODES = { refuse: 550, try_later: 451, error_after: 554 } as const

function refusalOf({ fault }: MailFault): Error {
  const responseCode = CODES[fault as keyof typeof CODES]
  return Object.assign(new Error(`ordered: ${fault}`), { responseCode })
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
