'use client'

import type { ReactNode } from 'react'

import type { ButtonLook } from '@/components/ui/button-class'
import { SubmitButton } from '@/components/ui/submit-button'

import { FormProblem } from './form-problem'
import type { StepAction } from './step-state'
import { useStep } from './use-step'

/** A form that is a button, beside forms that are being filled in: what is typed there outlives a lost answer to this one. */
export function ButtonStep({
  action,
  hidden,
  look,
  pendingLabel,
  children,
}: {
  action: StepAction
  hidden: Readonly<Record<string, string>>
  look: ButtonLook
  pendingLabel: string
  children: ReactNode
}) {
  const { formProps, pending, errors } = useStep(action, {}, null)
  return (
    <form {...formProps}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FormProblem text={errors['form']} pending={pending} />
      <SubmitButton look={look} pending={pending} pendingLabel={pendingLabel}>
        {children}
      </SubmitButton>
    </form>
  )
}
