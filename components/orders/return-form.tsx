'use client'

import type { StepAction, StepState } from '@/components/checkout/step-state'
import { useStep } from '@/components/checkout/use-step'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { RETURN_NOTE_MAX, RETURN_REASON_TEXTS, RETURN_REASONS } from '@/lib/domain/return'

interface Choice {
  readonly position: number
  readonly name: string
  readonly detail: string
  readonly left: number
}

/** How many pieces of what, and why. Works without JavaScript; what was typed stays. */
export function ReturnForm({
  action,
  refused,
  hidden,
  choices,
}: {
  action: StepAction
  refused: StepState | null
  hidden: Readonly<Record<string, string>>
  choices: readonly Choice[]
}) {
  const { formProps, pending, errors, valueOf } = useStep(action, {}, refused)
  // Who has come here for one piece means that one.
  const isOnePiece = choices.length === 1 && choices[0]?.left === 1
  return (
    <form {...formProps} className="max-w-xl space-y-8">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {errors['form'] && !pending ? (
        <Notice tone="danger" announce>
          {errors['form']}
        </Notice>
      ) : null}
      <fieldset>
        <legend className="mb-3 font-medium">What</legend>
        <ul className="border-t border-rule">
          {choices.map((choice) => (
            <Line
              key={choice.position}
              choice={choice}
              value={valueOf(`quantity.${choice.position}`) || (isOnePiece ? '1' : '0')}
            />
          ))}
        </ul>
      </fieldset>
      <Reasons value={valueOf('reason')} error={errors['reason']} />
      <label className="block">
        <span className="mb-1.5 block text-sm font-medium">
          Anything we should know <span className="font-normal text-ink-soft">(optional)</span>
        </span>
        <textarea
          name="note"
          rows={3}
          maxLength={RETURN_NOTE_MAX}
          defaultValue={valueOf('note')}
          className="block w-full rounded-sm border border-edge bg-sheet px-3.5 py-2.5 text-base"
        />
      </label>
      <SubmitButton pending={pending} pendingLabel="Asking…">
        Ask to send it back
      </SubmitButton>
    </form>
  )
}

function Line({ choice: { position, name, detail, left }, value }: { choice: Choice; value: string }) {
  const id = `quantity-${position}`
  return (
    <li className="flex items-center justify-between gap-4 border-b border-rule py-3">
      <label htmlFor={id} className="min-w-0">
        {name}
        {detail ? <span className="block text-sm text-ink-soft">{detail}</span> : null}
      </label>
      <span className="flex shrink-0 items-center gap-2 text-sm text-ink-soft">
        <select
          id={id}
          name={`quantity.${position}`}
          defaultValue={value}
          aria-describedby={`${id}-left`}
          className="num min-h-11 rounded-sm border border-edge bg-sheet px-3 text-base text-ink"
        >
          {Array.from({ length: left + 1 }, (_, count) => (
            <option key={count}>{count}</option>
          ))}
        </select>
        <span id={`${id}-left`}>of {left}</span>
      </span>
    </li>
  )
}

function Reasons({ value, error }: { value: string; error: string | undefined }) {
  return (
    <fieldset aria-describedby={error ? 'reason-error' : undefined}>
      <legend className="mb-2 font-medium">Why</legend>
      {error ? (
        <p id="reason-error" className="mb-2 text-sm text-danger">
          {error}
        </p>
      ) : null}
      {RETURN_REASONS.map((reason) => (
        <label key={reason} className="flex min-h-11 items-center gap-3">
          <input
            type="radio"
            name="reason"
            value={reason}
            required
            defaultChecked={value === reason}
            className="size-4.5 accent-accent"
          />
          {RETURN_REASON_TEXTS[reason]}
        </label>
      ))}
    </fieldset>
  )
}
