import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { WideTable } from '@/components/admin/wide-table'
import type { StepState } from '@/components/checkout/step-state'
import { PlainLink } from '@/components/ui/plain-link'
import type { TaxRegistration } from '@/lib/admin/settings/tax-registrations'
import { countryName } from '@/lib/domain/country'

import { COUNTRY_OPTIONS } from '../country-options'
import { dropRegistration, keepRegistration } from './actions'

const ADDRESS = '/admin/settings/taxes?registration='

/** Under which number the shop pays tax where; the one that the address names is open. */
export function RegistrationsPart({
  registrations,
  open,
  seen,
  refused,
}: {
  registrations: readonly TaxRegistration[]
  open: TaxRegistration | 'new' | null
  seen: number
  refused: { registration: StepState | null; dropRegistration: StepState | null }
}) {
  return (
    <section aria-labelledby="registrations" className="mt-12 max-w-5xl">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="registrations" className="scroll-mt-4 text-base">
          Numbers in other countries
        </h2>
        <PlainLink href={`${ADDRESS}new#registration`} className="desk-button">
          Add a number
        </PlainLink>
      </div>
      <p className="mb-4 max-w-3xl text-ink-soft">
        Invoices of buyers in a country print the number that the shop is registered under there; all others print the
        one of the shop’s own details. Invoices that have been given keep what they say.
      </p>
      {open ? (
        <div className="mb-6 grid max-w-3xl items-start gap-6 md:grid-cols-2">
          <RegistrationForms
            registration={open === 'new' ? null : open}
            free={COUNTRY_OPTIONS.find(({ value }) => !registrations.some(({ country }) => country === value))?.value}
            seen={seen}
            refused={refused}
          />
        </div>
      ) : null}
      <RegistrationTable registrations={registrations} openCountry={open && open !== 'new' ? open.country : null} />
    </section>
  )
}

function RegistrationForms({
  registration,
  free,
  seen,
  refused,
}: {
  registration: TaxRegistration | null
  /** A country that has none yet. */
  free: string | undefined
  seen: number
  refused: { registration: StepState | null; dropRegistration: StepState | null }
}) {
  const hidden = { opened: registration?.country ?? '', seen: String(seen) }
  const name = registration ? countryName(registration.country) : null
  return (
    <>
      <Panel id="registration" title={name ? `Change the number in ${name}` : 'A new number'}>
        <ActForm
          id="registration"
          action={keepRegistration}
          refused={refused.registration}
          hidden={hidden}
          fields={[
            ...(registration
              ? []
              : [
                  {
                    kind: 'select',
                    name: 'country',
                    label: 'Country',
                    value: free ?? '',
                    options: COUNTRY_OPTIONS,
                  } as const,
                ]),
            {
              kind: 'text',
              name: 'taxId',
              label: 'Number, as invoices print it',
              value: registration?.taxId ?? '',
              maxLength: 60,
              hint: 'With what it is called: “VAT ID IE 1234567 AB”.',
            },
          ]}
          submit={registration ? 'Save the number' : 'Add the number'}
          pending="Saving…"
        />
      </Panel>
      {name ? (
        <Panel id="drop-registration" title="Remove the number">
          <p className="mb-3">From the next invoice on, buyers there read the number of the shop’s own details.</p>
          <ActForm
            id="drop-registration"
            action={dropRegistration}
            refused={refused.dropRegistration}
            hidden={hidden}
            fields={[]}
            submit={`Remove the number in ${name}`}
            pending="Removing…"
            look="danger"
          />
        </Panel>
      ) : null}
    </>
  )
}

function RegistrationTable({
  registrations,
  openCountry,
}: {
  registrations: readonly TaxRegistration[]
  openCountry: string | null
}) {
  if (registrations.length === 0)
    return <p className="text-ink-soft">None: every invoice prints the shop’s own number.</p>
  return (
    <WideTable name="Tax numbers by country" className="-mx-4 sm:mx-0">
      <table className="desk-table">
        <caption className="sr-only">Tax numbers by country</caption>
        <thead>
          <tr>
            <th scope="col">Country</th>
            <th scope="col">On invoices</th>
          </tr>
        </thead>
        <tbody>
          {registrations
            .toSorted((a, b) => countryName(a.country).localeCompare(countryName(b.country)))
            .map(({ country, taxId }) => (
              <tr key={country} className="desk-row" aria-current={country === openCountry || undefined}>
                <td className="whitespace-nowrap">
                  <a href={`${ADDRESS}${country}#registration`} className="desk-row-link font-medium hover:underline">
                    {countryName(country)}
                  </a>
                </td>
                <td className="num whitespace-nowrap">{taxId}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </WideTable>
  )
}
