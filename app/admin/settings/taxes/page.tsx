import type { Metadata } from 'next'
import { connection } from 'next/server'

import { WideTable } from '@/components/admin/wide-table'
import { PlainLink } from '@/components/ui/plain-link'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getExchangeRates, lastChangeOfExchange } from '@/lib/admin/settings/exchange-rates'
import { getTaxRegistrations, lastChangeOfRegistration } from '@/lib/admin/settings/tax-registrations'
import { getTaxRates, lastChangeOfTaxRate, type TaxRateRow } from '@/lib/admin/settings/taxes'
import { COUNTRIES, countryName } from '@/lib/domain/country'
import type { Currency } from '@/lib/domain/money'
import { writePercent } from '@/lib/domain/tax-settings'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import type { Asked } from '../../admin-page'
import { RowId } from '../read-settings-form'
import { SettingsPage } from '../settings-page'
import { readExchangeKey, type ExchangeKey } from './exchange-address'
import { ExchangePart } from './exchange-part'
import { RateForms } from './rate-forms'
import { RegistrationsPart } from './registrations-part'

export const instant = false
export const metadata: Metadata = { title: 'Taxes' }

/** All rates; the one that the address names is open beside them. */
export default async function TaxSettingsPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('settings.manage', '/admin/settings/taxes')
  const db = adminDatabase()
  const rates = (await getTaxRates(db, admin)).toSorted((a, b) => placeName(a).localeCompare(placeName(b)))
  const open = rates.find(({ id }) => id === RowId.parse(asked['rate'] ?? null)) ?? null
  const registrations = await getTaxRegistrations(db, admin)
  const openNumber = registrations.find(({ country }) => country === asked['registration'])
  const exchange = await getExchangeRates(db, admin)
  const key = readExchangeKey(asked['exchange'])
  // Of another currency than the shop's a rate is only asked for where orders wait for one.
  const base = exchange.missing.find((day) => day.base === asked['base'])?.base ?? exchange.base
  const openExchange =
    base === exchange.base
      ? exchange.rates.find(({ currency, since }) => currency === key?.currency && since === key.since)
      : undefined
  const today = new Date().toISOString().slice(0, 10)
  const isOpen = open !== null || asked['rate'] === 'new'
  return (
    <SettingsPage
      admin={admin}
      here="/admin/settings/taxes"
      done={asked['done']}
      aside={
        <PlainLink href="/admin/settings/taxes?rate=new#edit" className="desk-button">
          Add a rate
        </PlainLink>
      }
    >
      <p className="mb-4 max-w-3xl text-ink-soft">
        The rate of a region comes before that of its country. Where there is none, no tax is charged. A change counts
        from the next order on. Below the rates are the{' '}
        <a href="#registrations" className="underline">
          numbers
        </a>{' '}
        that the shop is registered under, and the{' '}
        <a href="#exchange-rates" className="underline">
          rates of exchange
        </a>
        .
      </p>
      <div
        className={`grid grid-cols-[minmax(0,1fr)] items-start gap-6 ${isOpen ? 'xl:grid-cols-[minmax(0,1fr)_24rem]' : 'max-w-5xl'}`}
      >
        {isOpen ? (
          <div id="edit" className="scroll-mt-4 space-y-6 xl:sticky xl:top-6 xl:order-2">
            <RateForms
              rate={open}
              seen={open ? await lastChangeOfTaxRate(db, admin, open.id) : 0}
              refused={{
                rate: await readRefusedForm('rate', asked['refused']),
                dropRate: await readRefusedForm('dropRate', asked['refused']),
              }}
            />
          </div>
        ) : null}
        <RateTable rates={rates} openId={open?.id ?? null} />
      </div>
      <RegistrationsPart
        registrations={registrations}
        open={openNumber ?? (asked['registration'] === 'new' ? 'new' : null)}
        seen={openNumber ? await lastChangeOfRegistration(db, admin, openNumber.country) : 0}
        refused={{
          registration: await readRefusedForm('registration', asked['refused']),
          dropRegistration: await readRefusedForm('dropRegistration', asked['refused']),
        }}
      />
      <ExchangePart
        {...exchange}
        today={today}
        open={openExchange ?? key ?? (asked['exchange'] === 'new' ? newExchange(exchange, base, today) : null)}
        openBase={base}
        seen={openExchange ? await lastChangeOfExchange(db, admin, openExchange) : 0}
        refused={{
          exchange: await readRefusedForm('exchange', asked['refused']),
          dropExchange: await readRefusedForm('dropExchange', asked['refused']),
        }}
      />
    </SettingsPage>
  )
}

/** From the day for which invoices wait longest: from today on it would miss them. */
function newExchange(
  { owed, missing }: Awaited<ReturnType<typeof getExchangeRates>>,
  base: Currency,
  today: string,
): ExchangeKey {
  const oldest = missing.find((day) => day.base === base)
  return oldest ? { currency: oldest.currency, since: oldest.day } : { currency: owed[0] ?? 'EUR', since: today }
}

function RateTable({ rates, openId }: { rates: readonly TaxRateRow[]; openId: number | null }) {
  if (rates.length === 0) return <p className="text-ink-soft">No tax is charged anywhere yet.</p>
  return (
    <WideTable name="Tax rates" className="-mx-4 sm:mx-0">
      <table className="desk-table">
        <caption className="sr-only">Tax rates by place</caption>
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col" className="end">
              Percent
            </th>
            <th scope="col">On invoices</th>
            <th scope="col">Prices</th>
            <th scope="col">Delivery</th>
          </tr>
        </thead>
        <tbody>
          {rates.map((rate) => (
            <tr key={rate.id} className="desk-row" aria-current={rate.id === openId || undefined}>
              <td className="whitespace-nowrap">
                <a
                  href={`/admin/settings/taxes?rate=${rate.id}#edit`}
                  className="desk-row-link font-medium hover:underline"
                >
                  {placeName(rate)}
                </a>
              </td>
              <td className="end num">{writePercent(rate.ratePpm)}</td>
              <td className="whitespace-nowrap">{rate.label}</td>
              <td className="whitespace-nowrap">{rate.pricesInclude ? 'contain it' : 'without it'}</td>
              <td className="whitespace-nowrap">{rate.appliesToDelivery ? 'taxed too' : 'not taxed'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  )
}

function placeName({ country, region }: TaxRateRow): string {
  const name = countryName(country)
  return region === null ? name : `${name}, ${COUNTRIES[country]?.regions[region] ?? region}`
}
