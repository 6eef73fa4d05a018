'use server'

import { refresh } from 'next/cache'
import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'

import type { StepState } from '@/components/checkout/step-state'
import { keepDraftAddress, takeSavedAddress } from '@/lib/checkout/saved-addresses'
import { keepTypedAddress, saveAddress, saveContact, saveDelivery, type SaveOutcome } from '@/lib/checkout/save-details'
import type { CheckoutStep } from '@/lib/domain/checkout'
import { isRedrawAsked, readFields } from '@/lib/web/answer-form'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { isSentByScript, saveRefusal } from '@/lib/web/refused-form-cookie'

export async function submitContact(_previous: StepState, formData: FormData): Promise<StepState> {
  return submit('contact', formData, ['email'], saveContact)
}

export async function submitAddress(_previous: StepState, formData: FormData): Promise<StepState> {
  const fields = ['name', 'line1', 'line2', 'city', 'region', 'postalCode', 'country', 'keepAddress']
  return submit('address', formData, fields, async (values) => {
    if (isRedrawAsked(formData)) return keepTypedAddress(values)
    const outcome = await saveAddress(values)
    if (outcome.kind === 'saved' && values['keepAddress'] === '1') await keepDraftAddress()
    return outcome
  })
}

/** One click on an address of the member's own book. */
export async function deliverHere(_previous: StepState, formData: FormData): Promise<StepState> {
  const addressId = z.uuid().safeParse(formData.get('addressId'))
  if (!(await isOwnForm())) redirect('/checkout')
  if (!addressId.success || !(await takeSavedAddress(addressId.data))) notFound()
  redirect('/checkout')
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
  const values = readFields(formData, fields)
  if (!(await isOwnForm())) {
    return { values, errors: { [fields[0] ?? '']: FOREIGN } }
  }
  const outcome = await save(values)
  if (outcome.kind === 'invalid') {
    if (!(await isSentByScript())) {
      await saveRefusal({ form: step, values, errors: outcome.errors })
      // A form that is drawn anew at the shopper's own wish goes on where it was.
      redirect(`/checkout?step=${step}&refused=1${Object.keys(outcome.errors).length > 0 ? '' : '#country'}`)
    }
    // What is offered may have changed under the form: show it anew beside the errors.
    refresh()
    return { values, errors: outcome.errors }
  }
  redirect('/checkout')
}
