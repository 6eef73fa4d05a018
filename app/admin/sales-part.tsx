import { BarChart } from '@/components/admin/bar-chart'
import { WideTable } from '@/components/admin/wide-table'
import { PlainLink } from '@/components/ui/plain-link'
import type { Sales } from '@/lib/admin/sales'
import { currencyExponent, formatMoney } from '@/lib/domain/money'
import { changeText, SALES_SPANS, type SalesSpan } from '@/lib/domain/sales'

const SPAN_NAMES: Readonly<Record<SalesSpan, string>> = {
  7: '7 days',
  30: '30 days',
  90: '90 days',
  365: 'A year',
}
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const nameOf = (day: string) => DAY.format(new Date(`${day}T00:00:00Z`))

/** How the shop does, for whoever sees money: figures against the span before, a chart with its table, what sells best. */
export function SalesPart({ sales, span }: { sales: Sales; span: SalesSpan }) {
  const { currency, figures, former, bars } = sales
  const money = (minor: number) => formatMoney({ minor, currency })
  const rough = new Intl.NumberFormat('en-US', { notation: 'compact', style: 'currency', currency })
  const isWeekly = bars.length < span
  return (
    <section aria-labelledby="sales" className="mt-10">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id="sales" className="text-base">
          Sales
        </h2>
        <nav aria-label="Span" className="flex gap-1">
          {SALES_SPANS.map((each) => (
            <PlainLink
              key={each}
              href={`/admin?days=${each}#sales`}
              aria-current={each === span ? 'true' : undefined}
              className="desk-button min-h-9! aria-[current]:border-ink"
            >
              {SPAN_NAMES[each]}
            </PlainLink>
          ))}
        </nav>
      </div>
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-3 2xl:grid-cols-5">
        <Figure
          name="Sold"
          value={money(figures.totalMinor)}
          change={changeText(figures.totalMinor, former.totalMinor)}
        />
        <Figure name="Orders" value={String(figures.orders)} change={changeText(figures.orders, former.orders)} />
        <Figure
          name="Average order"
          value={figures.averageMinor === null ? '–' : money(figures.averageMinor)}
          change={changeText(figures.averageMinor, former.averageMinor)}
        />
        <Figure
          name="Payments begun that became orders"
          value={figures.conversion === null ? '–' : `${Math.round(figures.conversion * 100)} %`}
          change={changeText(figures.conversion, former.conversion)}
        />
        <Figure
          name="Given back"
          value={money(figures.refundedMinor)}
          change={changeText(figures.refundedMinor, former.refundedMinor)}
        />
      </dl>
      <p className="mt-2 text-xs text-ink-soft">
        Days are UTC, today counts until now. Changes are against the {span} days before. Sold is what buyers paid, with
        delivery and tax; what was given back is not taken off.
      </p>
      <div className="mt-6 grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <figure className="desk-panel">
          <figcaption className="mb-3 text-sm font-medium">
            Sold {isWeekly ? 'each week' : 'each day'}{' '}
            <span className="font-normal text-ink-soft">and, dashed, in the span before</span>
          </figcaption>
          <BarChart
            bars={bars.map(({ day, totalMinor, formerMinor }) => ({
              name: nameOf(day),
              value: totalMinor,
              former: formerMinor,
            }))}
            summary={`Sold ${isWeekly ? 'each week' : 'each day'}: ${money(figures.totalMinor)} in all. The table below has the figures.`}
            format={(minor) => rough.format(minor / 10 ** currencyExponent(currency))}
          />
          <details className="mt-3">
            <summary className="min-h-9 cursor-pointer py-2 text-sm text-ink-soft underline underline-offset-4">
              The figures as a table
            </summary>
            <WideTable name="Sold by day">
              <table className="desk-table">
                <thead>
                  <tr>
                    <th scope="col">{isWeekly ? 'Week from' : 'Day'}</th>
                    <th scope="col" className="end">
                      Orders
                    </th>
                    <th scope="col" className="end">
                      Sold
                    </th>
                    <th scope="col" className="end">
                      In the span before
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {bars.map(({ day, orders, totalMinor, formerMinor }) => (
                    <tr key={day}>
                      <th scope="row" className="font-normal!">
                        {nameOf(day)}
                      </th>
                      <td className="end num">{orders}</td>
                      <td className="end num">{money(totalMinor)}</td>
                      <td className="end num">{money(formerMinor)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </WideTable>
          </details>
        </figure>
        <BestSellers sales={sales} money={money} />
      </div>
    </section>
  )
}

function Figure({ name, value, change }: { name: string; value: string; change: string | null }) {
  return (
    <div className="desk-panel flex flex-col-reverse justify-end">
      <dt className="text-xs text-ink-soft">{name}</dt>
      <dd className="flex items-baseline justify-between gap-3">
        <span className="num text-xl font-semibold">{value}</span>
        {change ? <span className="num text-xs text-ink-soft">{change}</span> : null}
      </dd>
    </div>
  )
}

function BestSellers({ sales, money }: { sales: Sales; money: (minor: number) => string }) {
  return (
    <section aria-labelledby="best" className="desk-panel">
      <h3 id="best" className="mb-2 text-sm font-medium">
        Brought most
      </h3>
      {sales.bestSellers.length === 0 ? (
        <p className="text-ink-soft">Nothing was sold in these days.</p>
      ) : (
        <WideTable name="What brought most, with figures" className="-mx-3">
          <table className="desk-table">
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col" className="end">
                  Pieces
                </th>
                <th scope="col" className="end">
                  Sum
                </th>
              </tr>
            </thead>
            <tbody>
              {sales.bestSellers.map(({ sku, name, quantity, totalMinor }) => (
                <tr key={sku}>
                  <th scope="row" className="border-b-rule! text-sm! whitespace-normal! text-ink!">
                    {name}
                    <span className="num block text-xs text-ink-soft">{sku}</span>
                  </th>
                  <td className="end num">{quantity}</td>
                  <td className="end num">{money(totalMinor)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
    </section>
  )
}
