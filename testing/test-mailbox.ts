import type { MailFault } from '@/simulator/mailbox/faults'
import type { ReadMessage } from '@/simulator/mailbox/message-store'

import { startTestPayPal } from './test-paypal'

/** A mail server of the test's own that keeps what it is given. */
export async function startTestMailbox() {
  const { url, smtpUrl, close } = await startTestPayPal({ smtpPort: 0 })
  const ask = async (path: string, method = 'GET', body?: object) => {
    const response = await fetch(`${url}/_mailbox${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.status === 204 ? null : response.json()
  }
  return {
    smtpUrl: smtpUrl ?? '',
    close,
    messages: async (to?: string): Promise<ReadMessage[]> =>
      (await ask(`/messages${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`)).messages,
    fault: (fault: MailFault['fault'], more: Partial<MailFault> = {}) => ask('/faults', 'POST', { fault, ...more }),
    /** Forgets messages and faults. */
    clear: async () => {
      await ask('/faults', 'DELETE')
      await ask('/messages', 'DELETE')
    },
  }
}

export type TestMailbox = Awaited<ReturnType<typeof startTestMailbox>>
