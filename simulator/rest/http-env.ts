import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

export type HttpEnv = { Bindings: HttpBindings }
export type HttpContext = Context<HttpEnv>

/** The address the caller used, e.g. `http://localhost:4010`. */
export function originOf(c: HttpContext): string {
  return new URL(c.req.url).origin
}
