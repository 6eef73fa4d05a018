import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import { WideTable } from '@/components/admin/wide-table'
import type { VariantStock } from '@/lib/stock/stock-desk'

import { reasonName } from './stock-texts'

/** The ledger of one shelf, the newest first. */
export function MovementsPart({ line, movements, hasMore }: VariantStock) {
  const last = movements.at(-1)
  return (
    <Panel id="movements" title="What moved">
      {movements.length === 0 ? (
        <p className="text-ink-soft">Nothing yet: the shelf was always empty.</p>
      ) : (
        <WideTable name="Ledger" className="-mx-5">
          <table className="desk-table desk-flush">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Why</th>
                <th scope="col">Who</th>
                <th scope="col" className="end">
                  Pieces
                </th>
                <th scope="col" className="end">
                  Left
                </th>
              </tr>
            </thead>
            <tbody>
              {movements.map((movement) => (
                <tr key={movement.id}>
                  <td>
                    <Time at={movement.movedAt} />
                  </td>
                  <td className="min-w-40">
                    {reasonName(movement.reason)}
                    {movement.note ? (
                      <span className="block max-w-md text-xs break-words text-ink-soft">{movement.note}</span>
                    ) : null}
                  </td>
                  <td className="text-ink-soft">{movement.actorEmail ?? '–'}</td>
                  <td className="end num font-medium">
                    {movement.quantity > 0 ? `+${movement.quantity}` : `−${-movement.quantity}`}
                  </td>
                  <td className="end num">{movement.left}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
      {hasMore && last ? (
        <p className="mt-4">
          <a href={`/admin/stock/${line.variantId}?before=${last.id}`} className="desk-button">
            Older
          </a>
        </p>
      ) : null}
    </Panel>
  )
}
