import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createApp } from './app'
import { createSimulator, type SimulatorConfig } from './simulator'

/** `port` 0 takes any free one. Without `smtpPort` it takes no mail. */
export type StartOptions = SimulatorConfig & { port: number; smtpPort?: number }

export type RunningSimulator = { url: string; smtpUrl: string | null; close: () => Promise<void> }

/** Starts a simulator in this process and answers once it listens. Rejects when the port is taken. */
export async function startSimulator({ port, smtpPort, ...config }: StartOptions): Promise<RunningSimulator> {
  const simulator = createSimulator(config)
  const app = createApp(simulator)
  const listener = getRequestListener(async (request, env) => app.fetch(request, env))
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  // In memory the keys are made when the first webhook needs them: most tests never do.
  if (config.dataDir !== null) await simulator.authority()
  const address = await listen(server, port)
  const url = `http://localhost:${address.port}`
  simulator.setOrigin(url)
  const takenSmtpPort = smtpPort === undefined ? null : await simulator.mailbox.listen(smtpPort)
  // What an earlier run left undelivered goes out now.
  simulator.pump.wake()
  return {
    url,
    smtpUrl: takenSmtpPort === null ? null : `smtp://localhost:${takenSmtpPort}`,
    close: async () => {
      await simulator.mailbox.close()
      await simulator.pump.stop()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        // Calls that hang by order would keep the server open for ever.
        server.closeAllConnections()
      })
    },
  }
}

function listen(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, () => {
      server.off('error', reject)
      resolve(server.address() as AddressInfo)
    })
  })
}
