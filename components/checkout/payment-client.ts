/** The button's half of the conversation with the shop. It knows addresses and answers, and decides nothing. */
export interface ShopAnswer {
  readonly status: number
  readonly kind: string
  readonly title: string
  readonly message: string
  readonly id: string | null
  readonly receiptUrl: string | null
  readonly pollUrl: string | null
  /** Where to read what takes PayPal long to decide. */
  readonly waitUrl: string | null
  /** Too many were tried: when the shop will take it. */
  readonly retryAfterSeconds: number | null
}

const NO_ANSWER: ShopAnswer = {
  status: 0,
  kind: 'no_answer',
  title: 'The shop did not answer',
  message: 'Check your connection. If you have approved a payment it is safe; you will not be charged twice.',
  id: null,
  receiptUrl: null,
  pollUrl: null,
  waitUrl: null,
  retryAfterSeconds: null,
}

/** Asks the shop; a network that fails is an answer of status 0, never an exception. */
export async function askShop(url: string, init?: { method: 'POST'; body?: unknown }): Promise<ShopAnswer> {
  try {
    const response = await fetch(url, {
      cache: 'no-store',
      ...(init
        ? { method: 'POST', body: JSON.stringify(init.body ?? {}), headers: { 'content-type': 'application/json' } }
        : {}),
    })
    const body: unknown = await response.json()
    return { ...NO_ANSWER, title: '', message: '', ...(body as Partial<ShopAnswer>), status: response.status }
  } catch {
    return NO_ANSWER
  }
}

const POLL_FIRST_MS = 1_000
const POLL_MAX_MS = 10_000
/** Answers after which waiting for another is for nothing, or for a time that the shop has told. */
const DEFINITE: readonly number[] = [200, 402, 404, 429]

/** Asks again until there is a definite answer. It may take minutes; the page says that waiting is safe. */
export async function waitForShop(ask: () => Promise<ShopAnswer>, signal: AbortSignal): Promise<ShopAnswer | null> {
  for (let pauseMs = POLL_FIRST_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 1.5, POLL_MAX_MS)) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    const answer = await ask()
    if (answer.waitUrl || DEFINITE.includes(answer.status)) return answer
  }
  return null
}
