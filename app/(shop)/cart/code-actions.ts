'use server'

import { redirect } from 'next/navigation'

import type { StepState } from '@/components/checkout/step-state'
import { enterCode } from '@/lib/checkout/enter-code'
import { readFields } from '@/lib/web/answer-form'
import { dropDiscountCode } from '@/lib/web/checkout-cookie'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { isSentByScript, saveRefusal } from '@/lib/web/refused-form-cookie'

/** The pages that have the form. */
const PAGES = { cart: '/cart', checkout: '/checkout' } as const

const pageOf = (at: string) => (at === 'checkout' ? PAGES.checkout : PAGES.cart)

export async function submitCode(_previous: StepState, formData: FormData): Promise<StepState> {
  const { code, at } = readFields(formData, ['code', 'at'])
  if (!(await isOwnForm())) return { values: { code }, errors: { code: FOREIGN } }
  const outcome = await enterCode(code)
  if (outcome.kind === 'refused') {
    const refused = { values: { code }, errors: { code: outcome.message } }
    if (await isSentByScript()) return refused
    await saveRefusal({ form: 'code', ...refused })
    redirect(`${pageOf(at)}?refused=1`)
  }
  redirect(pageOf(at))
}

export async function removeCode(_previous: StepState, formData: FormData): Promise<StepState> {
  if (await isOwnForm()) await dropDiscountCode()
  redirect(pageOf(readFields(formData, ['at']).at))
}
