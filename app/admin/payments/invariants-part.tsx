import { Time } from '@/components/admin/time'
import { WideTable } from '@/components/admin/wide-table'
import type { InvariantRow } from '@/lib/admin/payments-desk'

/** What must always hold, as the worker found it at its last look; what it finds wrong is an incident above. */
export function InvariantsPart({ invariants }: { invariants: readonly InvariantRow[] }) {
  return (
    <section aria-labelledby="invariants" className="mt-10 max-w-4xl">
      <h2 id="invariants" className="mb-3 text-base">
        {headingOf(invariants)}
      </h2>
      <p className="mb-3 text-ink-soft">The worker looks every ten minutes. What it finds wrong is an incident.</p>
      <WideTable name="What must always hold">
        <table className="desk-table">
          <caption className="sr-only">What must always hold, as it was at the last look</caption>
          <thead>
            <tr>
              <th scope="col">What must hold</th>
              <th scope="col" className="end">
                Rows seen
              </th>
              <th scope="col">Looked at</th>
              <th scope="col">Found</th>
            </tr>
          </thead>
          <tbody>
            {invariants.map(({ id, claim, rowsSeen, checkedAt, state }) => (
              <tr key={id}>
                <td className="min-w-64">
                  <span className="num text-ink-soft">{id}</span> {claim}
                </td>
                <td className="end num">{rowsSeen}</td>
                <td className="whitespace-nowrap">{checkedAt ? <Time at={checkedAt} /> : null}</td>
                <td className={`whitespace-nowrap ${STATES[state].look}`}>{STATES[state].text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </section>
  )
}

const STATES: Readonly<Record<InvariantRow['state'], { text: string; look: string }>> = {
  holds: { text: '✓ holds', look: 'text-positive' },
  violated: { text: '✗ does not hold', look: 'text-danger' },
  looked_at_long_ago: { text: 'held then; is the worker running?', look: 'text-warning' },
  not_looked_at: { text: 'not looked at yet', look: 'text-warning' },
}

function headingOf(invariants: readonly InvariantRow[]): string {
  const wrong = invariants.filter(({ state }) => state === 'violated').length
  if (wrong > 0) return wrong === 1 ? 'One thing is wrong' : `${wrong} things are wrong`
  return invariants.every(({ state }) => state === 'holds') ? 'Nothing is wrong' : 'Nobody has looked lately'
}
