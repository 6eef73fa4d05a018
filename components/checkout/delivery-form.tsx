'use client'

import { RadioCard, RadioGroup } from '@/components/ui/radio-card'
import { SubmitButton } from '@/components/ui/submit-button'

import { FormProblem } from './form-problem'
import type { StepAction, StepState } from './step-state'
import { useStep } from './use-step'

export interface DeliveryOption {
  readonly methodId: number
  readonly name: string
  readonly estimate: string
  readonly priceText: string
}

export function DeliveryForm({
  action,
  options,
  selected,
  refused,
}: {
  action: StepAction
  refused: StepState | null
  options: readonly DeliveryOption[]
  selected: number | null
}) {
  const { formProps, pending, errors, valueOf } = useStep(action, {}, refused)
  const chosen = options.find(({ methodId }) => String(methodId) === valueOf('deliveryMethodId'))?.methodId ?? selected
  return (
    <form {...formProps} className="space-y-5">
      <FormProblem text={errors['form']} pending={pending} />
      <RadioGroup id="delivery" legend="Delivery method" legendHidden error={errors['deliveryMethodId']}>
        {options.map((option, index) => (
          <RadioCard
            key={option.methodId}
            name="deliveryMethodId"
            value={option.methodId}
            defaultChecked={option.methodId === chosen || (chosen === null && index === 0)}
            title={option.name}
            note={option.estimate}
            aside={option.priceText}
          />
        ))}
      </RadioGroup>
      <SubmitButton pending={pending} pendingLabel="Saving…">
        Continue to payment
      </SubmitButton>
    </form>
  )
}
