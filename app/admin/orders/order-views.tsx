import { ActForm } from '@/components/admin/act-form'
import type { StepState } from '@/components/checkout/step-state'
import { VIEW_NAME_MAX } from '@/lib/domain/order-filter'
import type { getViews } from '@/lib/admin/saved-views'

import { dropView, keepView } from './actions'

const VIEWS = [
  ['All', ''],
  ['To pack', 'state=created&sort=oldest'],
  ['Packing', 'state=processing&sort=oldest'],
  ['Partly shipped', 'state=partly_shipped'],
  ['Held', 'held=1'],
  ['Disputed', 'disputed=1'],
  ['With refunds', 'payment=refunded'],
] as const

type Saved = Awaited<ReturnType<typeof getViews>>[number]

/** Lists to go back to: the shop's, then one's own and those of others that are shared. */
export function Views({ query, saved }: { query: string; saved: readonly Saved[] }) {
  const here = decodeURIComponent(query)
  return (
    <ul aria-label="Views" className="mb-4 flex flex-wrap gap-1">
      {VIEWS.map(([name, view]) => (
        <View key={name} name={name} query={view} isHere={view === here} />
      ))}
      {saved.map(({ id, name, query: view, isOwn, email }) => (
        <View
          key={id}
          name={name}
          query={view}
          isHere={decodeURIComponent(view) === here}
          {...(isOwn ? {} : { by: email })}
        />
      ))}
    </ul>
  )
}

function View({ name, query, isHere, by }: { name: string; query: string; isHere: boolean; by?: string }) {
  return (
    <li>
      <a
        href={`/admin/orders${query ? `?${query}` : ''}`}
        aria-current={isHere ? 'page' : undefined}
        title={by ? `Shared by ${by}` : undefined}
        className="inline-flex min-h-9 items-center rounded-sm px-3 hover:bg-wash aria-[current]:bg-wash aria-[current]:font-medium"
      >
        {name}
      </a>
    </li>
  )
}

/** Keeps the filter that is on, or forgets the kept one that it is. Nothing on the list of all orders. */
export function ViewForms({
  query,
  saved,
  refused,
}: {
  query: string
  saved: readonly Saved[]
  refused: { readonly keep: StepState | null; readonly drop: StepState | null }
}) {
  const own = saved.find((view) => view.isOwn && view.query === query)
  if (query === '' || VIEWS.some(([, view]) => view === decodeURIComponent(query))) return null
  if (own) {
    return (
      <div className="mb-4">
        <ActForm
          id="drop-view"
          action={dropView}
          refused={refused.drop}
          hidden={{ viewId: own.id, query }}
          fields={[]}
          submit={`Forget “${own.name}”`}
          pending="Forgetting…"
          look="plain"
        />
      </div>
    )
  }
  return (
    <details className="mb-4" open={refused.keep !== null}>
      <summary className="text-link inline-flex min-h-9 items-center">Keep this view</summary>
      <div className="desk-panel mt-2 max-w-md">
        <ActForm
          id="keep-view"
          action={keepView}
          refused={refused.keep}
          hidden={{ query }}
          fields={[
            { kind: 'text', name: 'name', label: 'Name', maxLength: VIEW_NAME_MAX },
            { kind: 'checkbox', name: 'shared', label: 'Everybody who works here sees it' },
          ]}
          submit="Keep it"
          pending="Keeping…"
        />
      </div>
    </details>
  )
}
