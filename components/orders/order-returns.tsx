import type { ReturnState } from '@/lib/domain/return'

const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })

const STATE_TEXTS: Readonly<Record<ReturnState, string>> = {
  requested: 'We look at it and write to you.',
  approved: 'Approved: send it to the address in our mail.',
  refused: 'We could not take it back.',
  received: 'It is here. The money follows.',
  refunded: 'It is here, and the money has gone back.',
}

interface ShownReturn {
  readonly id: string
  readonly state: ReturnState
  readonly askedAt: Date
  readonly answer: string
  readonly items: readonly { readonly name: string; readonly quantity: number }[]
}

/** What the buyer sends back, how far it is, and the way to send back more. Nothing where there is neither. */
export function OrderReturns({
  returns,
  door,
}: {
  returns: readonly ShownReturn[]
  door: { readonly path: string; readonly deadline: Date } | null
}) {
  if (returns.length === 0 && !door) return null
  return (
    <section aria-labelledby="returns" className="print:hidden">
      <h2 id="returns" className="mb-3 border-t border-rule pt-4 text-xl">
        Sending back
      </h2>
      {returns.length > 0 ? (
        <ul className="mb-4 space-y-4">
          {returns.map(({ id, state, askedAt, answer, items }) => (
            <li key={id} className="text-base">
              {items.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}
              <span className="block text-sm text-ink-soft">
                Asked on {DATE.format(askedAt)}. {STATE_TEXTS[state]}
              </span>
              {answer ? <span className="mt-1 block text-sm break-words whitespace-pre-wrap">{answer}</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {door ? (
        <p className="text-sm text-ink-soft">
          <a
            href={door.path}
            className="inline-flex min-h-11 items-center text-base text-ink underline underline-offset-4"
          >
            Send something back
          </a>
          <span className="block">Until {DATE.format(door.deadline)}.</span>
        </p>
      ) : null}
    </section>
  )
}
