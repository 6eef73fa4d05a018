import type { EnteredCode } from '@/lib/domain/discount'
import { codeText } from '@/lib/domain/discount-code'
import type { Currency } from '@/lib/domain/money'

import { ButtonStep } from './button-step'
import { DiscountCodeForm } from './discount-code-form'
import type { StepAction, StepState } from './step-state'

/** Where a code is entered, and what became of the one that was. */
export function DiscountCode({
  entered,
  currency,
  at,
  refused,
  enter,
  takeAway,
}: {
  entered: EnteredCode | null
  currency: Currency
  /** The page that it is on. */
  at: 'cart' | 'checkout'
  refused: StepState | null
  enter: StepAction
  takeAway: StepAction
}) {
  if (entered === null) {
    return (
      <details className="mt-5 border-t border-rule pt-1" open={refused !== null}>
        <summary className="flex min-h-11 cursor-pointer items-center text-sm text-ink-soft underline decoration-edge underline-offset-4">
          Do you have a discount code?
        </summary>
        <DiscountCodeForm action={enter} at={at} refused={refused} />
      </details>
    )
  }
  const { code, problem } = entered
  return (
    <div className="mt-5 flex items-center justify-between gap-4 border-t border-rule pt-3 text-sm">
      <div className="min-w-0">
        <p className="num font-medium">{code}</p>
        {problem ? <p className="text-warning">{codeText(problem, currency)}</p> : null}
      </div>
      <ButtonStep action={takeAway} hidden={{ at }} look="quiet" pendingLabel="Removing…">
        Remove<span className="sr-only"> the code {code}</span>
      </ButtonStep>
    </div>
  )
}
