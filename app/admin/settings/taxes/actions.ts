'use server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { removeExchangeRate, saveExchangeRate } from '@/lib/admin/settings/exchange-rates'
import { removeTaxRegistration, saveTaxRegistration } from '@/lib/admin/settings/tax-registrations'
import { removeTaxRate, saveTaxRate, type TaxOutcome } from '@/lib/admin/settings/taxes'
import { parseExchangeForm } from '@/lib/domain/tax-currency'
import { parseRegistrationForm, parseTaxForm } from '@/lib/domain/tax-settings'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { KnownCountry, RowId, Seen } from '../read-settings-form'
import { changedText } from '../settings-texts'
import { addressOfExchange, readExchangeKey } from './exchange-address'

const TAXES = '/admin/settings/taxes'
const RATE = ['country', 'region', 'label', 'percent', 'pricesInclude', 'appliesToDelivery'] as const

export async function keepRate(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, RATE)
  const { rateId } = readFields(formData, ['rateId'])
  const id = RowId.parse(rateId || null)
  return atAdminDoor(
    'rate',
    'settings.manage',
    { path: `${TAXES}?rate=${id ?? 'new'}`, values },
    async (admin, refuse) => {
      const rate = parseTaxForm(values)
      if (rate.kind === 'invalid') return refuse(rate.errors, values)
      const seen = Seen.parse(formData.get('seen'))
      const outcome = await saveTaxRate(adminDatabase(), admin, { id, seen, rate: rate.value })
      return outcome.kind === 'saved' ? leaveForm(`${TAXES}?done=saved`) : refuse(refusalErrors(outcome), values)
    },
  )
}

export async function dropRate(_previous: FormState, formData: FormData): Promise<FormState> {
  const id = RowId.parse(formData.get('rateId'))
  return atAdminDoor('dropRate', 'settings.manage', `${TAXES}?rate=${id ?? 'new'}`, async (admin, refuse) => {
    if (id === null) return refuse(refusalErrors({ kind: 'not_found' }))
    const outcome = await removeTaxRate(adminDatabase(), admin, { id, seen: Seen.parse(formData.get('seen')) })
    return outcome.kind === 'saved' ? leaveForm(`${TAXES}?done=removed`) : refuse(refusalErrors(outcome))
  })
}

export async function keepRegistration(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['country', 'taxId'])
  const opened = KnownCountry.parse(formData.get('opened') || null)
  const at = `${TAXES}?registration=${opened ?? 'new'}`
  return atAdminDoor('registration', 'settings.manage', { path: at, values }, async (admin, refuse) => {
    const registration = parseRegistrationForm({ ...values, country: opened ?? values.country })
    if (registration.kind === 'invalid') return refuse(registration.errors, values)
    const outcome = await saveTaxRegistration(adminDatabase(), admin, {
      isNew: opened === null,
      seen: Seen.parse(formData.get('seen')),
      registration: registration.value,
    })
    if (outcome.kind === 'saved') return leaveForm(`${TAXES}?done=saved`)
    return refuse(registrationErrors(outcome), values)
  })
}

export async function dropRegistration(_previous: FormState, formData: FormData): Promise<FormState> {
  const country = KnownCountry.parse(formData.get('opened'))
  const at = `${TAXES}?registration=${country ?? 'new'}`
  return atAdminDoor('dropRegistration', 'settings.manage', at, async (admin, refuse) => {
    if (country === null) return refuse({ form: 'This registration is not there any more. Reload the page.' })
    const seen = Seen.parse(formData.get('seen'))
    const outcome = await removeTaxRegistration(adminDatabase(), admin, { seen, country })
    return outcome.kind === 'saved' ? leaveForm(`${TAXES}?done=removed`) : refuse(registrationErrors(outcome))
  })
}

export async function keepExchange(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['currency', 'since', 'rate'])
  const opened = readExchangeKey(formData.get('opened'))
  const act = readExchangeAct(formData)
  return atAdminDoor(
    'exchange',
    'settings.manage',
    { path: addressOfExchange(opened ?? 'new', act.base), values },
    async (admin, refuse) => {
      const rate = parseExchangeForm({ ...values, ...opened })
      if (rate.kind === 'invalid') return refuse(rate.errors, values)
      const outcome = await saveExchangeRate(adminDatabase(), admin, {
        isNew: opened === null,
        ...act,
        rate: rate.value,
      })
      return outcome.kind === 'saved'
        ? leaveForm(`${TAXES}?done=saved#exchange-rates`)
        : refuse(exchangeErrors(outcome), values)
    },
  )
}

export async function dropExchange(_previous: FormState, formData: FormData): Promise<FormState> {
  const rate = readExchangeKey(formData.get('opened'))
  return atAdminDoor('dropExchange', 'settings.manage', addressOfExchange(rate ?? 'new'), async (admin, refuse) => {
    if (rate === null) return refuse({ form: 'This exchange rate is not there any more. Reload the page.' })
    const outcome = await removeExchangeRate(adminDatabase(), admin, { ...readExchangeAct(formData), rate })
    return outcome.kind === 'saved' ? leaveForm(`${TAXES}?done=removed`) : refuse(exchangeErrors(outcome))
  })
}

function readExchangeAct(formData: FormData) {
  return { base: readFields(formData, ['base']).base, seen: Seen.parse(formData.get('seen')) }
}

function exchangeErrors(
  outcome: Exclude<Awaited<ReturnType<typeof saveExchangeRate>>, { kind: 'saved' }>,
): Record<string, string> {
  switch (outcome.kind) {
    case 'changed_meanwhile':
      return { form: changedText(outcome.by) }
    case 'base_changed':
      return {
        form: `The shop’s currency is ${outcome.base} now, and this rate was for another. Reload the page and look at it again.`,
      }
    case 'own_currency':
      return { currency: 'This is the shop’s own currency: its tax needs no rate.' }
    case 'day_taken':
      return { since: 'There is a rate from this day already: open it in the list.' }
  }
}

function registrationErrors(
  outcome: { readonly kind: 'place_taken' } | { readonly kind: 'changed_meanwhile'; readonly by: string },
): Record<string, string> {
  return outcome.kind === 'changed_meanwhile'
    ? { form: changedText(outcome.by) }
    : { country: 'There is a number for this country already: open it in the list.' }
}

function refusalErrors(outcome: Exclude<TaxOutcome, { kind: 'saved' }>): Record<string, string> {
  switch (outcome.kind) {
    case 'changed_meanwhile':
      return { form: changedText(outcome.by) }
    case 'not_found':
      return { form: 'This rate is not there any more. Reload the page.' }
    case 'place_taken':
      return { country: 'There is a rate for this place already.' }
  }
}
