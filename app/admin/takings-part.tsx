import { WideTable } from '@/components/admin/wide-table'
import type { Takings } from '@/lib/admin/order-desk'
import { formatMoney, isCurrency } from '@/lib/domain/money'
import { sumOf } from '@/lib/domain/sales'

/** Today beside yesterday until the same time, by currency. */
export function TakingsPart({ today, yesterday }: { today: readonly Takings[]; yesterday: readonly Takings[] }) {
  return (
    <section aria-labelledby="takings" className="mt-8 max-w-4xl">
      <h2 id="takings" className="mb-3 text-base">
        Sold today
      </h2>
      <WideTable name="Sold today, with figures">
        <table className="desk-table">
          <thead>
            <tr>
              <th scope="col">Since midnight UTC</th>
              {['Orders', 'Sum', 'Average', 'Begun that became orders', 'Given back'].map((name) => (
                <th key={name} scope="col" className="end">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Rows name="Today" rows={today} />
            <Rows name="Yesterday until now" rows={yesterday} />
          </tbody>
        </table>
      </WideTable>
    </section>
  )
}

const NOTHING: Takings = { currency: '', orders: 0, totalMinor: 0, attempts: 0, refundedMinor: 0 }

function Rows({ name, rows }: { name: string; rows: readonly Takings[] }) {
  return (rows.length > 0 ? rows : [NOTHING]).map((takings) => {
    const { currency } = takings
    const money = (minor: number | null) =>
      minor !== null && isCurrency(currency) ? formatMoney({ minor, currency }) : '–'
    const figures = sumOf([{ day: '', ...takings }])
    return (
      <tr key={currency}>
        <th scope="row" className="font-normal!">
          {name}
        </th>
        <td className="end num">{figures.orders}</td>
        <td className="end num">{money(figures.totalMinor)}</td>
        <td className="end num">{money(figures.averageMinor)}</td>
        <td className="end num">{figures.conversion === null ? '–' : `${Math.round(figures.conversion * 100)} %`}</td>
        <td className="end num">{money(figures.refundedMinor)}</td>
      </tr>
    )
  })
}
