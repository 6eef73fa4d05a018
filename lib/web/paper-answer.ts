import 'server-only'

import type { PrintOutcome } from '@/lib/papers/print-outcome'

import { seeOther } from './see-other'

const PRIVATE = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' }
const WAIT_SECONDS = 3

/** A PDF to keep. It is nobody else's: no cache on the way keeps it. `page` is the one that says why there is none yet. */
export function answerPaper(outcome: PrintOutcome, page: string): Response {
  switch (outcome.kind) {
    case 'printed':
      return new Response(new Uint8Array(outcome.bytes), {
        headers: {
          ...PRIVATE,
          'content-type': 'application/pdf',
          'content-disposition': `attachment; filename="${safeName(outcome.name)}.pdf"`,
        },
      })
    case 'not_found':
      return new Response('There is nothing at this address.', { status: 404, headers: PRIVATE })
    case 'waits':
      return seeOther(page)
    case 'not_yet':
      // The browser asks again by itself.
      return new Response('The invoice is being written. This page looks again in a moment.', {
        status: 503,
        headers: { ...PRIVATE, 'retry-after': String(WAIT_SECONDS), refresh: String(WAIT_SECONDS) },
      })
  }
}

/** Numbers and names of ours have nothing else in them; a header must never have. */
function safeName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9-]/g, '_')
}
