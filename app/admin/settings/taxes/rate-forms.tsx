import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import type { StepState } from '@/components/checkout/step-state'
import type { TaxRateRow } from '@/lib/admin/settings/taxes'
import { COUNTRIES, countryName } from '@/lib/domain/country'
import { writePercent } from '@/lib/domain/tax-settings'

import { COUNTRY_OPTIONS } from '../country-options'
import { dropRate, keepRate } from './actions'

const REGIONS = Object.values(COUNTRIES).flatMap(({ regions }) => Object.keys(regions))

/** A rate's form, or that of a new one. */
export function RateForms({
  rate,
  seen,
  refused,
}: {
  rate: TaxRateRow | null
  seen: number
  refused: { rate: StepState | null; dropRate: StepState | null }
}) {
  const hidden = { rateId: rate ? String(rate.id) : '', seen: String(seen) }
  return (
    <>
      <Panel id="rate" title={rate ? `Change ${placeOf(rate)}` : 'A new rate'}>
        <ActForm
          id="rate"
          action={keepRate}
          refused={refused.rate}
          hidden={hidden}
          fields={[
            {
              kind: 'select',
              name: 'country',
              label: 'Country',
              value: rate?.country ?? 'US',
              options: COUNTRY_OPTIONS,
            },
            {
              kind: 'text',
              name: 'region',
              label: 'State or region',
              value: rate?.region ?? '',
              maxLength: 10,
              optional: true,
              list: REGIONS,
              hint: 'Its code, such as CA. Empty for the whole country.',
            },
            {
              kind: 'text',
              name: 'percent',
              label: 'Percent',
              value: rate ? writePercent(rate.ratePpm) : '',
              maxLength: 10,
              inputMode: 'decimal',
            },
            {
              kind: 'text',
              name: 'label',
              label: 'What invoices call it',
              value: rate?.label ?? '',
              maxLength: 40,
              hint: 'With the percentage: “VAT 19 %”.',
            },
            {
              kind: 'checkbox',
              name: 'pricesInclude',
              label: 'The prices of the shop contain it',
              hint: 'As in the European Union; without a tick it is added, as in the United States.',
              value: rate?.pricesInclude ? '1' : '',
            },
            {
              kind: 'checkbox',
              name: 'appliesToDelivery',
              label: 'Delivery is taxed too',
              value: rate?.appliesToDelivery ? '1' : '',
            },
          ]}
          submit={rate ? 'Save the rate' : 'Add the rate'}
          pending="Saving…"
        />
      </Panel>
      {rate ? (
        <Panel id="drop-rate" title="Remove the rate">
          <p className="mb-3">
            From the next order on no tax is charged there, unless the country has a rate of its own.
          </p>
          <ActForm
            id="drop-rate"
            action={dropRate}
            refused={refused.dropRate}
            hidden={hidden}
            fields={[]}
            submit={`Remove ${placeOf(rate)}`}
            pending="Removing…"
            look="danger"
          />
        </Panel>
      ) : null}
    </>
  )
}

function placeOf({ country, region }: TaxRateRow): string {
  return region === null ? countryName(country) : `${countryName(country)}, ${region}`
}
