import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const port = await tryPort(0)
  if (port === null) throw new Error('This machine has no free port left')
  return port
}

/** @throws Error that names the port, its purpose and the variable that moves it. */
export async function requireFreePort(port: number, purpose: string, variable: string): Promise<void> {
  if ((await tryPort(port)) !== null) return
  throw new Error(`Port ${port} for ${purpose} is taken. Stop what uses it, or choose another: ${variable}=${port + 1}`)
}

/**
 * A port that nobody has to know beforehand: the one that the variable asks for, else the usual one, else any that is free.
 * @throws Error when it is asked for and taken.
 */
export async function takePort(variable: string, usual: number, purpose: string): Promise<number> {
  const port = readPort(variable, usual)
  if (process.env[variable]) await requireFreePort(port, purpose, variable)
  return (await tryPort(port)) ?? findFreePort()
}

/** Reads a port from the environment. @throws Error when the variable holds something else. */
export function readPort(variable: string, fallback: number): number {
  const text = process.env[variable]
  if (!text) return fallback
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`${variable} must be a port number, not "${text}"`)
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null)
      else reject(error)
    })
    server.listen(port, () => {
      const { port: taken } = server.address() as AddressInfo
      server.close(() => resolve(taken))
    })
  })
}
