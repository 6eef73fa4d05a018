import path from 'node:path'

import { findFreePort } from '@/scripts/stack/ports'
import { startChild, TYPESCRIPT } from '@/scripts/stack/children'
import { waitUntilAnswers } from '@/scripts/stack/wait-until-answers'
import type { LedgerEntry } from '@/simulator/ledger'
import { SIMULATOR_ACCOUNT } from '@/testing/test-paypal'

/** The part of PayPal that a seller cannot see, as far as the big runs need it. */
export interface ApartPayPal {
  readonly url: string
  approve(paypalOrderId: string, funding?: string): Promise<unknown>
  ledger(): Promise<LedgerEntry[]>
  close(): Promise<void>
}

/** A simulator in a process of its own, so that its work is not the harness's. Its files go below `folder`. */
export async function startSimulatorProcess(folder: string): Promise<ApartPayPal> {
  const port = await findFreePort()
  const child = startChild({
    name: 'simulator',
    args: [...TYPESCRIPT, 'simulator/main.ts'],
    logDir: path.join(folder, 'logs'),
    env: {
      SIMULATOR_PORT: String(port),
      DATA_DIR: folder,
      PAYPAL_CLIENT_ID: SIMULATOR_ACCOUNT.clientId,
      PAYPAL_CLIENT_SECRET: SIMULATOR_ACCOUNT.clientSecret,
      PAYPAL_MERCHANT_ID: SIMULATOR_ACCOUNT.merchantId,
    },
  })
  const url = `http://localhost:${port}`
  await waitUntilAnswers(child, `${url}/_simulator/health`)
  const control = async (address: string, init?: RequestInit) => {
    const response = await fetch(`${url}/_simulator${address}`, init)
    if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return {
    url,
    approve: (paypalOrderId, funding = 'balance') =>
      control(`/orders/${paypalOrderId}/approve`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ funding }),
      }),
    ledger: async () => ((await control('/ledger')) as { entries: LedgerEntry[] }).entries,
    close: () => child.stop(),
  }
}
