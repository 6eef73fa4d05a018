import type { LedgerEntry } from '@/simulator/ledger'
import type { LoggedRequest } from '@/simulator/request-log'
import { startSimulator } from '@/simulator/start-simulator'

export const SIMULATOR_ACCOUNT = {
  clientId: 'simulator-client',
  clientSecret: 'simulator-secret',
  merchantId: 'SHMERCHANT234',
} as const

/** A PayPal of the test's own, driven over HTTP like the real one. */
export async function startTestPayPal() {
  const simulator = await startSimulator({ port: 0, dataDir: null, ...SIMULATOR_ACCOUNT })
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${simulator.url}/_simulator${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.status === 204 ? null : response.json()
  }
  return {
    url: simulator.url,
    close: () => simulator.close(),
    approve: (paypalOrderId: string, funding = 'balance') =>
      control('POST', `/orders/${paypalOrderId}/approve`, { funding }),
    tamper: (paypalOrderId: string, change: Record<string, string>) =>
      control('POST', `/orders/${paypalOrderId}`, change),
    fault: (operation: string, fault: string, more: Record<string, unknown> = {}) =>
      control('POST', '/faults', { operation, fault, times: 1, ...more }),
    advance: (seconds: number) => control('POST', '/clock', { advanceSeconds: seconds }),
    completeCapture: (id: string) => control('POST', `/captures/${id}/complete`),
    denyCapture: (id: string) => control('POST', `/captures/${id}/deny`),
    ledger: async (): Promise<LedgerEntry[]> => (await control('GET', '/ledger')).entries,
    requests: async (): Promise<LoggedRequest[]> => (await control('GET', '/requests')).requests,
    forgetRequests: () => control('DELETE', '/requests'),
  }
}

export type TestPayPal = Awaited<ReturnType<typeof startTestPayPal>>
