import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { WideTable } from '@/components/admin/wide-table'
import type { StepState } from '@/components/checkout/step-state'
import { PlainLink } from '@/components/ui/plain-link'
import type { MissingDay } from '@/lib/admin/settings/exchange-rates'
import type { Currency } from '@/lib/domain/money'
import {
  countingRates,
  hasRateOn,
  isOldRate,
  TAX_CURRENCIES,
  writeExchangeRate,
  type ExchangeRate,
  type TaxCurrency,
} from '@/lib/domain/tax-currency'

import { dropExchange, keepExchange } from './actions'
import { addressOfExchange, type ExchangeKey } from './exchange-address'
import { MissingDays } from './missing-days'

/** What the shop's currency is in those in which its taxes are owed; the one that the address names is open. */
export function ExchangePart({
  base,
  owed,
  rates,
  missing,
  today,
  open,
  openBase,
  seen,
  refused,
}: {
  base: Currency
  owed: readonly TaxCurrency[]
  rates: readonly ExchangeRate[]
  missing: readonly MissingDay[]
  /** Such as 2026-11-27, in UTC. */
  today: string
  /** One without a rate is a new one. */
  open: ExchangeRate | ExchangeKey | null
  /** Whose unit the open one is of. */
  openBase: Currency
  seen: number
  refused: { exchange: StepState | null; dropExchange: StepState | null }
}) {
  return (
    <section aria-labelledby="exchange-rates" className="mt-12 max-w-5xl">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="exchange-rates" className="scroll-mt-4 text-base">
          Rates of exchange
        </h2>
        <PlainLink href={addressOfExchange('new')} className="desk-button">
          Add an exchange rate
        </PlainLink>
      </div>
      <p className="mb-4 max-w-3xl text-ink-soft">
        Invoices repeat the tax in the currency in which it is owed, by the rate that counted on the day of the payment.
        Tax authorities say whose rates they accept; many publish one for each month. An invoice waits until there is a
        rate for its day; all others go on meanwhile.
      </p>
      <MissingDays missing={missing} shopCurrency={base} />
      {open ? (
        <div className="mb-6 grid max-w-3xl items-start gap-6 md:grid-cols-2">
          <ExchangeForms
            base={openBase}
            rate={'perUnitMicro' in open ? open : null}
            asked={open}
            seen={seen}
            refused={refused}
          />
        </div>
      ) : null}
      <ExchangeTable base={base} owed={owed} rates={countingRates(rates, today)} today={today} open={open} />
    </section>
  )
}

function ExchangeForms({
  base,
  rate,
  asked,
  seen,
  refused,
}: {
  base: Currency
  rate: ExchangeRate | null
  asked: ExchangeKey
  seen: number
  refused: { exchange: StepState | null; dropExchange: StepState | null }
}) {
  const hidden = rate
    ? { opened: `${rate.currency}.${rate.since}`, seen: String(seen), base }
    : { opened: '', seen: '0', base }
  const name = rate ? `${rate.currency} from ${rate.since}` : null
  return (
    <>
      <Panel id="exchange" title={name ? `Change ${name}` : 'A new exchange rate'}>
        <ActForm
          id="exchange"
          action={keepExchange}
          refused={refused.exchange}
          hidden={hidden}
          fields={[
            ...(rate
              ? []
              : ([
                  {
                    kind: 'select',
                    name: 'currency',
                    label: 'Currency',
                    value: asked.currency,
                    options: TAX_CURRENCIES.filter((currency) => currency !== base).map((value) => ({
                      value,
                      label: value,
                    })),
                  },
                  { kind: 'date', name: 'since', label: 'From (UTC)', value: asked.since },
                ] as const)),
            {
              kind: 'text',
              name: 'rate',
              label: `For 1 ${base}`,
              value: rate ? writeExchangeRate(rate.perUnitMicro) : '',
              maxLength: 14,
              inputMode: 'decimal',
              hint: 'With six decimals at most: “0.8612”.',
            },
          ]}
          submit={rate ? 'Save the exchange rate' : 'Add the exchange rate'}
          pending="Saving…"
        />
      </Panel>
      {name ? (
        <Panel id="drop-exchange" title="Remove the exchange rate">
          <p className="mb-3">Invoices to come go by the rate before it, or wait for one where there is none.</p>
          <ActForm
            id="drop-exchange"
            action={dropExchange}
            refused={refused.dropExchange}
            hidden={hidden}
            fields={[]}
            submit={`Remove ${name}`}
            pending="Removing…"
            look="danger"
          />
        </Panel>
      ) : null}
    </>
  )
}

function ExchangeTable({
  base,
  owed,
  rates,
  today,
  open,
}: {
  base: Currency
  owed: readonly TaxCurrency[]
  rates: readonly ExchangeRate[]
  today: string
  open: ExchangeKey | null
}) {
  const missing = owed.filter((currency) => !hasRateOn(rates, currency, today))
  if (rates.length === 0 && missing.length === 0)
    return <p className="text-ink-soft">No tax is owed in another currency.</p>
  return (
    <WideTable name={`What 1 ${base} is`} className="-mx-4 sm:mx-0">
      <table className="desk-table">
        <caption className="sr-only">What 1 {base} is in other currencies</caption>
        <thead>
          <tr>
            <th scope="col">Currency</th>
            <th scope="col" className="end">
              For 1 {base}
            </th>
            <th scope="col">From</th>
            <th scope="col">Counts</th>
          </tr>
        </thead>
        <tbody>
          {rates.map((rate) => (
            <tr
              key={`${rate.currency} ${rate.since}`}
              className="desk-row"
              aria-current={(rate.currency === open?.currency && rate.since === open.since) || undefined}
            >
              <td className="whitespace-nowrap">
                <a href={addressOfExchange(rate)} className="desk-row-link font-medium hover:underline">
                  {rate.currency}
                </a>
              </td>
              <td className="end num">{writeExchangeRate(rate.perUnitMicro)}</td>
              <td className="num whitespace-nowrap">{rate.since}</td>
              <td className="min-w-48">{stateOf(rate, today)}</td>
            </tr>
          ))}
          {missing.map((currency) => (
            <tr key={currency}>
              <td className="font-medium">{currency}</td>
              <td className="end">–</td>
              <td>–</td>
              <td className="min-w-48">No rate: invoices wait for one</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  )
}

function stateOf(rate: ExchangeRate, today: string): string {
  if (rate.since > today) return 'Not yet'
  return isOldRate(rate, today) ? 'Now, but it is old: add one of this month' : 'Now'
}
