import type { Control } from './controlled-database'
import type { Random } from './random'

const PAYPAL_FAULTS = ['error_before', 'error_after', 'rate_limit', 'malformed', 'not_found_page'] as const

/** Long enough for somebody else to look at the order and to decide. */
const LATE_STEPS = 120

/** A capture call as it left, for the judge: nobody may send one for an attempt that is not fenced. */
export interface SentCapture {
  readonly paypalOrderId: string
  readonly requestKey: string
}

/** A refund call as it left: nobody may send one that no row asks for. */
export interface SentRefund {
  /** The id that it carries; empty when it carries none. */
  readonly reference: string
}

export interface ControlledNetwork {
  control: (Control & { readonly random: Random }) | null
  /** Called at the moment a capture leaves, before anybody else goes on. */
  onCapture: (sent: SentCapture) => Promise<void>
  /** The same for a refund. */
  onRefund: (sent: SentRefund) => Promise<void>
  /** What happens while a capture is under way that nobody waits for any more. */
  onLateCapture: (paypalOrderId: string) => void
  restore(): void
}

/**
 * Puts itself in the place of `fetch`: requests of scheduled tasks to PayPal are delayed, lost, repeated and answered with
 * errors as the seed has it. PayPal is the simulator, over real HTTP. Its controls and tokens pass untouched.
 */
export function controlNetwork(paypalUrl: string): ControlledNetwork {
  const realFetch = globalThis.fetch
  const network: ControlledNetwork = {
    control: null,
    onCapture: () => Promise.resolve(),
    onRefund: () => Promise.resolve(),
    onLateCapture: () => undefined,
    restore: () => {
      globalThis.fetch = realFetch
    },
  }
  const deliver = async (url: string, init: RequestInit): Promise<Response> => {
    const { signal: _signal, ...rest } = init
    const response = await realFetch(url, rest)
    // Read whole within the step, so that nothing of it arrives while another task runs.
    const body = await response.arrayBuffer()
    const { status, headers } = response
    return new Response([204, 304].includes(status) ? null : body, { status, headers })
  }
  globalThis.fetch = async (input, init = {}) => {
    const url = input instanceof Request ? input.url : String(input)
    const { control } = network
    const isControlled = url.startsWith(paypalUrl) && !/\/(_simulator|oauth2|certs)\//.test(url)
    if (!control || !control.scheduler.current() || !isControlled) return realFetch(input, init)
    const { scheduler, faults, random } = control
    const path = new URL(url).pathname
    const label = `${init.method ?? 'GET'} ${path.replaceAll(/[A-Z0-9]{17}/g, '*')}`
    await scheduler.yield(`send ${label}`)
    const capture = /\/v2\/checkout\/orders\/([A-Z0-9]+)\/capture$/.exec(path)
    if (capture?.[1]) {
      const requestKey = new Headers(init.headers).get('paypal-request-id') ?? ''
      await network.onCapture({ paypalOrderId: capture[1], requestKey })
      if (faults.strikes('capture_late')) {
        network.onLateCapture(capture[1])
        scheduler.spawn(`late ${label}`, async () => {
          scheduler.stall(LATE_STEPS)
          await scheduler.yield('arrive')
          await deliver(url, init)
        })
        throw new TypeError('fetch failed: answer lost')
      }
    }
    if (isRefund(path)) await network.onRefund({ reference: readCustomId(init.body) })
    if (faults.strikes('request_lost')) throw new TypeError('fetch failed: request lost')
    if (faults.strikes('request_repeated')) {
      scheduler.spawn(`stray ${label}`, async () => {
        await scheduler.yield('arrive')
        await deliver(url, init)
      })
    }
    if (faults.strikes(isRefund(path) ? 'refund_error' : 'paypal_error'))
      await orderFault(realFetch, paypalUrl, random.pick(PAYPAL_FAULTS))
    const response = await deliver(url, init)
    await scheduler.yield(`answer ${label}`)
    if (faults.strikes('answer_lost')) throw new TypeError('fetch failed: answer lost')
    return response
  }
  return network
}

function isRefund(path: string): boolean {
  return path.endsWith('/refund')
}

function readCustomId(body: RequestInit['body']): string {
  const parsed = JSON.parse(typeof body === 'string' ? body : '{}') as { custom_id?: unknown }
  return typeof parsed.custom_id === 'string' ? parsed.custom_id : ''
}

async function orderFault(realFetch: typeof fetch, paypalUrl: string, fault: string): Promise<void> {
  await realFetch(`${paypalUrl}/_simulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation: 'any', fault, times: 1 }),
  })
}
