import { ActForm } from '@/components/admin/act-form'
import type { StepState } from '@/components/checkout/step-state'
import { inTreeOrder } from '@/lib/domain/category-tree'
import { DESCRIPTION_MAX, SLUG_MAX } from '@/lib/domain/product'
import type { getCategoryDesk } from '@/lib/products/edit-category'

import { dropCategory, moveCategory, saveCategory } from './actions'

type Tree = Awaited<ReturnType<typeof getCategoryDesk>>

/** A category in its tree: its order among its siblings, and behind its name all that can be changed. */
export async function CategoryRow({
  row,
  depth,
  tree,
  edits,
  refused,
}: {
  row: Tree[number]
  depth: number
  tree: Tree
  edits: boolean
  refused: (form: string) => Promise<StepState | null>
}) {
  const siblings = tree.filter(({ parentId }) => parentId === row.parentId)
  const at = siblings.findIndex(({ id }) => id === row.id)
  const isEmpty = row.products === 0 && !tree.some(({ parentId }) => parentId === row.id)
  const name = (
    <span className="min-w-0 flex-1">
      <span className={depth === 1 ? 'font-medium' : 'font-normal'}>{row.name}</span>{' '}
      <span className="num text-xs font-normal text-ink-soft">
        {row.slug}
        {row.products > 0 ? ` · ${row.products === 1 ? '1 product' : `${row.products} products`}` : ''}
      </span>
    </span>
  )
  if (!edits) {
    return (
      <li className="flex min-h-11 items-center" style={{ paddingInlineStart: `${(depth - 1) * 1.5}rem` }}>
        {name}
      </li>
    )
  }
  const wrong = await refused(`category-${row.id}`)
  const stays = await refused(`drop-category-${row.id}`)
  return (
    <li
      id={`category-${row.id}`}
      className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3"
      style={{ paddingInlineStart: `${(depth - 1) * 1.5}rem` }}
    >
      <details open={wrong !== null || stays !== null} className="desk-more m-0! border-0! p-0!">
        <summary>{name}</summary>
        <div className="space-y-3 pt-1 pb-5">
          <ActForm
            id={`category-${row.id}`}
            action={saveCategory}
            refused={wrong}
            hidden={{ categoryId: String(row.id), seenVersion: String(row.version) }}
            compact
            fields={[
              { kind: 'text', name: 'name', label: 'Name', value: row.name, maxLength: 80 },
              { kind: 'text', name: 'slug', label: 'Address', value: row.slug, maxLength: SLUG_MAX },
              {
                kind: 'select',
                name: 'parent',
                label: 'Below',
                value: row.parentId === null ? '' : String(row.parentId),
                options: placeOptions(tree),
              },
              {
                kind: 'textarea',
                name: 'description',
                label: 'Text above its products',
                value: row.description,
                rows: 2,
                maxLength: DESCRIPTION_MAX,
                optional: true,
              },
            ]}
            submit={`Save ${row.name}`}
            pending="Saving…"
          />
          {isEmpty || stays ? (
            <ActForm
              id={`drop-category-${row.id}`}
              action={dropCategory}
              refused={stays}
              hidden={{ categoryId: String(row.id) }}
              fields={[]}
              submit={`Delete ${row.name}`}
              pending="Deleting…"
              look="danger"
            />
          ) : (
            <p className="text-xs text-ink-soft">It can be deleted once nothing is in it.</p>
          )}
        </div>
      </details>
      <span className="flex gap-1 py-0.5">
        {(['earlier', 'later'] as const).map((by) => (
          <ActForm
            key={by}
            id={`${by}-${row.id}`}
            action={moveCategory}
            refused={null}
            hidden={{ categoryId: String(row.id), by }}
            fields={[]}
            submit={by === 'earlier' ? '↑' : '↓'}
            submitLabel={`Move ${row.name} ${by}`}
            pending="…"
            look={(by === 'earlier' ? at === 0 : at === siblings.length - 1) ? 'absent' : 'icon'}
          />
        ))}
      </span>
    </li>
  )
}

/** Where a category can be; the domain refuses a ring. */
export function placeOptions(tree: Tree) {
  return [
    { value: '', label: 'The top' },
    ...inTreeOrder(tree).map(({ row, depth }) => ({
      value: String(row.id),
      label: `${'\u2003'.repeat(depth - 1)}${row.name}`,
    })),
  ]
}
