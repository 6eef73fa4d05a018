'use client'

import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'

import { FormProblem } from './form-problem'
import type { StepAction, StepState } from './step-state'
import { useStep } from './use-step'

export function ContactForm({
  action,
  email,
  refused,
}: {
  action: StepAction
  email: string
  refused: StepState | null
}) {
  const { formProps, pending, errors, valueOf } = useStep(action, { email }, refused)
  return (
    <form {...formProps} className="space-y-5">
      <FormProblem text={errors['form']} pending={pending} />
      <TextField
        id="email"
        name="email"
        type="email"
        label="E-mail"
        hint="For the receipt and questions about this order, nothing else."
        autoComplete="email"
        inputMode="email"
        spellCheck={false}
        autoCapitalize="none"
        maxLength={254}
        defaultValue={valueOf('email')}
        error={errors['email']}
      />
      <SubmitButton pending={pending} pendingLabel="Saving…">
        Continue to address
      </SubmitButton>
    </form>
  )
}
