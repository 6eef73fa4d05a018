'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'

import type { StepState } from '@/components/checkout/step-state'
import { saveAddress, saveContact, saveDelivery, type SaveOutcome } from '@/lib/checkout/save-details'
import type { CheckoutStep } from '@/lib/domain/checkout'
import { isSentByScript, saveRefusedStep } from '@/lib/web/refused-step-cookie'
import { isSameOrigin } from '@/lib/web/same-origin'

/** What a form may send; the limits of each field are checked by its own schema. */
const Field = z.string().max(1_000).catch('')

export async function submitContact(_previous: StepState, formData: FormData): Promise<StepState> {
  return submit('contact', formData, ['email'], saveContact)
}

export async function submitAddress(_previous: StepState, formData: FormData): Promise<StepState> {
  const fields = ['name', 'line1', 'line2', 'city', 'region', 'postalCode', 'country']
  return submit('address', formData, fields, saveAddress)
}

export async function submitDelivery(_previous: StepState, formData: FormData): Promise<StepState> {
  return submit('delivery', formData, ['deliveryMethodId'], saveDelivery)
}

async function submit(
  step: CheckoutStep,
  formData: FormData,
  fields: readonly string[],
  save: (values: Record<string, string>) => Promise<SaveOutcome>,
): Promise<StepState> {
  const values = Object.fromEntries(fields.map((field) => [field, Field.parse(formData.get(field) ?? '')]))
  if (!(await isSameOrigin())) {
    return { values, errors: { [fields[0] ?? '']: 'This did not come from our page. Reload it and try again.' } }
  }
  const outcome = await save(values)
  if (outcome.kind === 'invalid') {
    if (!(await isSentByScript())) {
      await saveRefusedStep({ step, values, errors: outcome.errors })
      redirect(`/checkout?step=${step}&refused=1`)
    }
    // What is offered may have changed under the form: show it anew beside the errors.
    refresh()
    return { values, errors: outcome.errors }
  }
  redirect('/checkout')
}
