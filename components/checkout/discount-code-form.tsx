'use client'

import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'

import { FormProblem } from './form-problem'
import type { StepAction, StepState } from './step-state'
import { useStep } from './use-step'

export function DiscountCodeForm({
  action,
  at,
  refused,
}: {
  action: StepAction
  at: 'cart' | 'checkout'
  refused: StepState | null
}) {
  const { formProps, pending, errors, valueOf } = useStep(action, {}, refused)
  return (
    <form {...formProps} className="space-y-3 pt-1 pb-2">
      <FormProblem text={errors['form']} pending={pending} />
      <input type="hidden" name="at" value={at} />
      <TextField
        id="discount-code"
        name="code"
        label="Discount code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={30}
        defaultValue={valueOf('code')}
        error={errors['code']}
      />
      <SubmitButton look="secondary" pending={pending} pendingLabel="Looking…">
        Use the code
      </SubmitButton>
    </form>
  )
}
