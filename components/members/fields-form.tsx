'use client'

import { useStep } from '@/components/checkout/use-step'
import type { StepAction, StepState } from '@/components/checkout/step-state'
import type { ButtonLook } from '@/components/ui/button-class'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextField } from '@/components/ui/text-field'

import { PasswordField } from './password-field'

export interface FormField {
  readonly kind: 'text' | 'email' | 'password' | 'new-password' | 'checkbox'
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly optional?: boolean
  readonly autoComplete?: string
  readonly maxLength?: number
  readonly value?: string
  readonly inputMode?: 'text' | 'email'
  /** Of a new password: what an attacker would try first. */
  readonly known?: readonly string[]
}

/**
 * A form of plain fields with one button. It is a form with a server action, so it works before and without JavaScript; what
 * was wrong then comes back in `refused`. `id` keeps the fields of two forms on one page apart.
 */
export function FieldsForm({
  id,
  action,
  refused,
  fields,
  hidden = {},
  submit,
  pending: pendingLabel,
  look = 'primary',
}: {
  id: string
  action: StepAction
  refused: StepState | null
  fields: readonly FormField[]
  hidden?: Readonly<Record<string, string>>
  submit: string
  pending: string
  look?: ButtonLook
}) {
  const saved = Object.fromEntries(fields.map(({ name, value }) => [name, value ?? '']))
  const { formProps, pending, errors, valueOf } = useStep(action, saved, refused)
  return (
    <form {...formProps} className="max-w-md space-y-5">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {errors['form'] && !pending ? (
        <Notice tone="danger" announce>
          {errors['form']}
        </Notice>
      ) : null}
      {fields.map((field) => (
        <Field
          key={field.name}
          id={`${id}-${field.name}`}
          field={field}
          value={valueOf(field.name)}
          error={errors[field.name]}
        />
      ))}
      <SubmitButton look={look} pending={pending} pendingLabel={pendingLabel}>
        {submit}
      </SubmitButton>
    </form>
  )
}

function Field({
  id,
  field,
  value,
  error,
}: {
  id: string
  field: FormField
  value: string
  error: string | undefined
}) {
  const { kind, hint, label, name, optional = false, autoComplete = 'off', maxLength = 128, known = [] } = field
  const shared = { id, name, label, hint, error, optional, autoComplete }
  switch (kind) {
    case 'checkbox':
      return (
        <label className="flex min-h-11 items-start gap-3">
          <input
            type="checkbox"
            name={name}
            value="1"
            defaultChecked={value === '1'}
            className="mt-1 size-4.5 shrink-0 accent-accent"
          />
          <span>
            <span className="block text-base">{label}</span>
            {hint ? <span className="block text-sm text-ink-soft">{hint}</span> : null}
          </span>
        </label>
      )
    case 'new-password':
      return <PasswordField {...shared} autoComplete="new-password" known={known} />
    case 'password':
      return <PasswordField {...shared} autoComplete="current-password" />
    case 'email':
      return (
        <TextField
          {...shared}
          type="email"
          inputMode="email"
          spellCheck={false}
          autoCapitalize="none"
          maxLength={254}
          defaultValue={value}
        />
      )
    case 'text':
      return <TextField {...shared} maxLength={maxLength} defaultValue={value} />
  }
}
