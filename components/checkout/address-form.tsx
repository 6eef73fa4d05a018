'use client'

import { useState, type ReactNode } from 'react'

import { buttonClass } from '@/components/ui/button-class'
import { SelectField } from '@/components/ui/select-field'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'

import { FormProblem } from './form-problem'
import type { StepAction, StepState } from './step-state'
import { useStep } from './use-step'

/** What the form needs to know of a country; handed down so that the whole table stays on the server. */
export interface CountryFields {
  readonly code: string
  readonly name: string
  readonly postalCodeLabel: string
  readonly postalCodeExample: string
  readonly numericPostalCode: boolean
  readonly regionLabel: string | null
  readonly regions: readonly (readonly [code: string, name: string])[]
}

export function AddressForm({
  action,
  saved,
  countries,
  refused,
  submit = 'Continue to delivery',
  children,
}: {
  action: StepAction
  refused: StepState | null
  saved: Readonly<Record<string, string>>
  countries: readonly CountryFields[]
  submit?: string
  /** Further choices, above the button. */
  children?: ReactNode
}) {
  const { formProps, pending, errors, valueOf } = useStep(action, saved, refused)
  const [chosen, setChosen] = useState<string | null>(null)
  const country = countries.find(({ code }) => code === (chosen ?? valueOf('country'))) ?? countries[0]
  const text = (name: string) => ({
    id: name,
    name,
    defaultValue: valueOf(name),
    error: errors[name],
  })
  if (!country) return null
  return (
    <form {...formProps} className="grid gap-5 sm:grid-cols-6">
      {/* Enter in a field presses a form's first button: that must not be the one beside the country. */}
      <noscript className="absolute">
        <button type="submit" tabIndex={-1} aria-hidden className="sr-only">
          {submit}
        </button>
      </noscript>
      <div className="empty:hidden sm:col-span-6">
        <FormProblem text={errors['form']} pending={pending} />
      </div>
      <div className="sm:col-span-6">
        <SelectField
          id="country"
          name="country"
          label="Country"
          autoComplete="country"
          value={country.code}
          onChange={(event) => setChosen(event.target.value)}
          error={errors['country']}
        >
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
        <noscript>
          <button
            type="submit"
            name="redraw"
            value="country"
            formNoValidate
            className={buttonClass('secondary', 'mt-3')}
          >
            Use this country
          </button>
        </noscript>
      </div>
      <div className="sm:col-span-6">
        <TextField {...text('name')} label="Full name" autoComplete="name" maxLength={120} />
      </div>
      <div className="sm:col-span-6">
        <TextField {...text('line1')} label="Street and number" autoComplete="address-line1" maxLength={120} />
      </div>
      <div className="sm:col-span-6">
        <TextField
          {...text('line2')}
          label="Flat, floor, company"
          optional
          autoComplete="address-line2"
          maxLength={120}
        />
      </div>
      <div className="sm:col-span-2">
        <TextField
          {...text('postalCode')}
          label={country.postalCodeLabel}
          hint={`Like ${country.postalCodeExample}`}
          autoComplete="postal-code"
          inputMode={country.numericPostalCode ? 'numeric' : 'text'}
          maxLength={20}
        />
      </div>
      <div className={country.regionLabel ? 'sm:col-span-2' : 'sm:col-span-4'}>
        <TextField {...text('city')} label="Town or city" autoComplete="address-level2" maxLength={80} />
      </div>
      {country.regionLabel ? (
        <div className="sm:col-span-2">
          <SelectField
            key={country.code}
            id="region"
            name="region"
            label={country.regionLabel}
            autoComplete="address-level1"
            defaultValue={valueOf('region')}
            error={errors['region']}
          >
            <option value="">Choose…</option>
            {country.regions.map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </SelectField>
        </div>
      ) : null}
      {children ? <div className="sm:col-span-6">{children}</div> : null}
      <div className="sm:col-span-6">
        <SubmitButton pending={pending} pendingLabel="Saving…">
          {submit}
        </SubmitButton>
      </div>
    </form>
  )
}
