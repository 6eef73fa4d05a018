import 'server-only'

import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

import { getLog } from '@/lib/runtime/log'

const HEADER = 'x-forwarded-for'

let hasWarned = false

/**
 * For a shop that no proxy of ours stands before: from now on `X-Forwarded-For` is the address of the connection, whatever the
 * caller has written there. Next itself fills the header only where it is missing.
 */
export function believeConnections(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage }
    if (request.headers[HEADER] !== undefined && !hasWarned) {
      hasWarned = true
      getLog().warn('a request came with X-Forwarded-For, which is not believed: is TRUSTED_PROXIES to be set?')
    }
    request.headers[HEADER] = request.socket.remoteAddress ?? ''
  })
}
