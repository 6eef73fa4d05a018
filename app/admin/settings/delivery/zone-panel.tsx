import { Panel } from '@/components/admin/panel'
import { WideTable } from '@/components/admin/wide-table'
import type { ZoneRow } from '@/lib/admin/settings/delivery'
import { countryName } from '@/lib/domain/country'
import { gapOfZone } from '@/lib/domain/delivery-settings'
import type { Currency } from '@/lib/domain/money'

import { rateText } from './delivery-texts'

/** A zone: where it is, what is offered there, and what it lacks. */
export function ZonePanel({
  zone: { id, name, countries, methods },
  currency,
  openMethodId,
}: {
  zone: ZoneRow
  currency: Currency
  openMethodId: number | null
}) {
  const href = `/admin/settings/delivery?zone=${id}`
  const gap = gapOfZone(methods)
  const where = countries
    .map(countryName)
    .toSorted((a, b) => a.localeCompare(b))
    .join(', ')
  return (
    <Panel
      id={`zone-${id}`}
      title={name}
      aside={
        <a href={`${href}#edit`} className="text-link text-xs" aria-label={`Change the zone ${name}`}>
          Change the zone
        </a>
      }
    >
      {where === name ? null : <p className="mb-3 text-xs text-ink-soft">{where}</p>}
      {gap ? <p className="mb-3 text-warning">{gap}</p> : null}
      {methods.length > 0 ? (
        <WideTable name={`Methods in ${name}`} className="-mx-5">
          <table className="desk-table">
            <caption className="sr-only">Ways of delivery in {name}</caption>
            <thead>
              <tr>
                <th scope="col" className="ps-5!">
                  Method
                </th>
                <th scope="col">Takes</th>
                <th scope="col">Costs</th>
                <th scope="col">Offered</th>
              </tr>
            </thead>
            <tbody>
              {methods.map((method) => (
                <tr key={method.id} className="desk-row" aria-current={method.id === openMethodId || undefined}>
                  <td className="ps-5! whitespace-nowrap">
                    <a href={`${href}&method=${method.id}#edit`} className="desk-row-link font-medium hover:underline">
                      {method.name}
                    </a>
                  </td>
                  <td className="whitespace-nowrap">{method.estimate}</td>
                  <td className="num min-w-56">{rateText(method.rate, currency)}</td>
                  <td>{method.active ? 'Yes' : <span className="text-ink-soft">No</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      ) : null}
      <p className="mt-4">
        <a href={`${href}&method=new#edit`} className="desk-button" aria-label={`Add a method to ${name}`}>
          Add a method
        </a>
      </p>
    </Panel>
  )
}
