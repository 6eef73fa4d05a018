import { Panel } from '@/components/admin/panel'
import { WideTable } from '@/components/admin/wide-table'
import type { ImportDesk } from '@/lib/catalogue-csv/import-desk'

import { kindName } from '../import-texts'

type Rows = ImportDesk['changing']

export function Counts({ counts }: { counts: ImportDesk['counts'] }) {
  const shown = [
    ['wrong', counts.wrong],
    ['new products', counts.newProducts],
    ['new variants', counts.newVariants],
    ['changes', counts.changed],
    ['other prices', counts.prices],
    ['other stock', counts.stock],
    ['the same', counts.same],
  ] as const
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3">
      {shown.map(([name, n]) => (
        <div key={name} className="flex flex-col-reverse">
          <dt className="text-xs text-ink-soft">{name}</dt>
          <dd className={`num text-lg ${name === 'wrong' && n > 0 ? 'text-danger' : ''}`}>
            {n.toLocaleString('en-US')}
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function WrongRows({ rows, total }: { rows: Rows; total: number }) {
  if (rows.length === 0) return null
  return (
    <Panel id="wrong" title="Rows that are wrong" aside={<Shown shown={rows.length} total={total} />}>
      <WideTable name="Table of wrong rows" className="-mx-5">
        <table className="desk-table desk-flush">
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">SKU</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, sku, problems }) => (
              <tr key={line}>
                <td className="num">{line}</td>
                <td className="num max-w-48 truncate">{sku}</td>
                <td>
                  <ul>
                    {(problems ?? []).map((problem) => (
                      <li key={problem}>{problem}</li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </Panel>
  )
}

export function ChangingRows({ rows, total, isDone }: { rows: Rows; total: number; isDone: boolean }) {
  if (rows.length === 0) return null
  const title = isDone ? 'What changed' : 'What would change'
  return (
    <Panel id="changing" title={title} aside={<Shown shown={rows.length} total={total} />}>
      <WideTable name="Table of changes" className="-mx-5">
        <table className="desk-table desk-flush">
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">SKU</th>
              <th scope="col">Product</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, sku, product, change }) => (
              <tr key={line}>
                <td className="num">{line}</td>
                <td className="num max-w-48 truncate">{sku}</td>
                <td className="max-w-56 truncate">{product}</td>
                <td className="min-w-64">
                  {change && change.kind !== 'change' ? <p>{kindName(change.kind)}</p> : null}
                  {Object.entries(change?.columns ?? {}).map(([column, [before, after]]) => (
                    <p key={column} className="max-w-xl break-words">
                      <span className="text-ink-soft">{column}</span> <Text text={before} /> → <Text text={after} />
                    </p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </Panel>
  )
}

function Text({ text }: { text: string }) {
  if (text === '') return <i className="text-ink-soft">nothing</i>
  return <span className="num">{text.length > 120 ? `${text.slice(0, 120)}…` : text}</span>
}

function Shown({ shown, total }: { shown: number; total: number }) {
  if (shown === total) return null
  return (
    <span className="text-xs text-ink-soft">
      The first {shown} of {total.toLocaleString('en-US')}
    </span>
  )
}
