import 'server-only'

import { PAYMENT_MESSAGES } from '@/lib/domain/payment-messages'
import { getLog } from '@/lib/runtime/log'

import { unavailablePage, type Onward } from './unavailable-page'

/**
 * Answers 503 when the work could not be done, most likely because the database is away. Whatever had begun is in its
 * row and is finished by the worker, so the buyer is told that waiting is safe.
 */
export async function answerUnavailable(work: () => Promise<Response>): Promise<Response> {
  return orElse(work, () => {
    const { title, text } = PAYMENT_MESSAGES.unavailable
    return Response.json(
      { kind: 'unavailable', notice: 'unavailable', title, message: text },
      { status: 503, headers: { 'retry-after': '10' } },
    )
  })
}

/** The same for a browser without our script, which shows whatever the door answers. */
export async function showUnavailable(onward: Onward, work: () => Promise<Response>): Promise<Response> {
  return orElse(work, () => unavailablePage(onward))
}

async function orElse(work: () => Promise<Response>, answer: () => Response): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    getLog().error({ cause: error instanceof Error ? error.stack : String(error) }, 'door could not answer')
    return answer()
  }
}
