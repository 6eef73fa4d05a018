import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createApp } from './app'
import { createSimulator, type SimulatorConfig } from './simulator'

/** `port` 0 takes any free one. */
export type StartOptions = SimulatorConfig & { port: number }

export type RunningSimulator = { url: string; close: () => Promise<void> }

/** Starts a simulator in this process and answers once it listens. Rejects when the port is taken. */
export async function startSimulator({ port, ...config }: StartOptions): Promise<RunningSimulator> {
  const app = createApp(createSimulator(config))
  const listener = getRequestListener(async (request, env) => app.fetch(request, env))
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  const address = await listen(server, port)
  return {
    url: `http://localhost:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        // Calls that hang by order would keep the server open for ever.
        server.closeAllConnections()
      }),
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
