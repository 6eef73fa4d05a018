'use client'

import type { ReactNode } from 'react'

import type { StepAction, StepState } from '@/components/checkout/step-state'
import { useStep } from '@/components/checkout/use-step'

import { CheckGrid } from './check-grid'
import { FormProblem } from './form-problem'

export interface ActField {
  readonly kind: 'text' | 'textarea' | 'select' | 'checkbox' | 'checks' | 'number' | 'date' | 'datetime'
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** Of `checks`, those that are ticked, with commas between them. */
  readonly value?: string
  readonly maxLength?: number
  readonly optional?: boolean
  readonly autoComplete?: string
  readonly inputMode?: 'text' | 'numeric' | 'decimal'
  readonly max?: number
  /** Of a textarea. */
  readonly rows?: number
  /** Of a checkbox in a tree: how deep it stands. */
  readonly indent?: number
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  /** A line of its own in a compact form. */
  readonly wide?: boolean
  /** Suggestions for a text. */
  readonly list?: readonly string[]
}

/** A dense form of /admin: works without JavaScript, keeps what was typed, and says beside each field what is wrong. */
export function ActForm({
  id,
  action,
  refused,
  fields,
  hidden = {},
  submit,
  submitLabel,
  pending: pendingLabel,
  look = 'primary',
  compact = false,
  children,
}: {
  id: string
  action: StepAction
  refused: StepState | null
  fields: readonly ActField[]
  hidden?: Readonly<Record<string, string>>
  submit: string
  /** What the button is called where it shows only a sign. */
  submitLabel?: string
  pending: string
  /** `absent` keeps the room of a button that has nothing to do. */
  look?: 'primary' | 'plain' | 'danger' | 'icon' | 'absent'
  /** Fields beside each other, where the page is wide enough. */
  compact?: boolean
  children?: ReactNode
}) {
  const saved = { ...hidden, ...Object.fromEntries(fields.map(({ name, value }) => [name, value ?? ''])) }
  const { formProps, pending, errors, confirmAt, valueOf } = useStep(action, saved, refused)
  return (
    <form {...formProps} className="space-y-3">
      {Object.keys(hidden).map((name) => (
        <input key={name} type="hidden" name={name} value={valueOf(name)} />
      ))}
      <FormProblem problem={pending ? undefined : errors['form']} confirmAt={confirmAt} />
      {fields.length > 0 ? (
        <div className={compact ? 'flex flex-wrap items-start gap-3' : 'space-y-3'}>
          {fields.map((field) => (
            <LabelledField
              key={field.name}
              id={`${id}-${field.name}`}
              field={field}
              value={valueOf(field.name)}
              error={errors[field.name]}
            />
          ))}
        </div>
      ) : null}
      {children}
      <button
        type="submit"
        aria-label={submitLabel}
        className="desk-button"
        data-look={look}
        aria-disabled={pending || undefined}
        onClick={(event) => {
          if (pending) event.preventDefault()
        }}
      >
        {pending ? pendingLabel : submit}
      </button>
    </form>
  )
}

/** A field with its label above, and its problem and its hint below it. */
export function LabelledField({
  id,
  field,
  value,
  error,
}: {
  id: string
  field: ActField
  value: string
  error: string | undefined
}) {
  const { name, label, hint, optional = false } = field
  if (field.kind === 'checkbox') {
    return (
      <label
        className={`flex items-start gap-2.5 ${field.indent === undefined ? 'min-h-9' : 'mb-0! min-h-8 pt-1'}`}
        style={field.indent ? { marginInlineStart: `${field.indent * 1.25}rem` } : undefined}
      >
        <input
          type="checkbox"
          name={name}
          value="1"
          defaultChecked={value === '1'}
          className="mt-0.5 size-4.5 flex-none accent-accent"
        />
        <span>
          {label}
          {hint ? <span className="block text-xs text-ink-soft">{hint}</span> : null}
        </span>
      </label>
    )
  }
  if (field.kind === 'checks') return <CheckGrid id={id} {...field} value={value} error={error} />
  return (
    <div className={`min-w-0 flex-1 ${field.wide ? 'basis-full' : 'basis-44'}`}>
      <label htmlFor={id} className="mb-1 block truncate text-xs font-medium">
        {label}
        {optional ? <span className="font-normal text-ink-soft"> (optional)</span> : null}
      </label>
      <Control id={id} field={field} value={value} error={error} />
      {error ? (
        <p id={`${id}-error`} className="mt-1 text-xs text-danger">
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="mt-1 text-xs text-ink-soft">
          {hint}
        </p>
      ) : null}
    </div>
  )
}

function Control({
  id,
  field,
  value,
  error,
}: {
  id: string
  field: ActField
  value: string
  error: string | undefined
}) {
  const {
    kind,
    name,
    hint,
    optional = false,
    maxLength = 200,
    rows = 3,
    options = [],
    list = [],
    inputMode,
    max,
    autoComplete,
  } = field
  const described = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ')
  const shared = {
    id,
    name,
    required: !optional,
    defaultValue: value,
    className: 'desk-field block w-full aria-invalid:border-danger',
    'aria-invalid': error ? (true as const) : undefined,
    'aria-describedby': described || undefined,
  }
  switch (kind) {
    case 'textarea':
      return <textarea {...shared} rows={rows} maxLength={maxLength} />
    case 'select':
      return (
        <select {...shared}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )
    case 'number':
      return <input {...shared} type="number" min={0} max={max} step={1} inputMode="numeric" />
    case 'date':
      return <input {...shared} type="date" />
    case 'datetime':
      return <input {...shared} type="datetime-local" />
    case 'text':
    case 'checkbox':
    case 'checks':
      return (
        <>
          <input
            {...shared}
            type="text"
            maxLength={maxLength}
            autoComplete={autoComplete ?? 'off'}
            inputMode={inputMode}
            list={list.length > 0 ? `${id}-list` : undefined}
          />
          {list.length > 0 ? (
            <datalist id={`${id}-list`}>
              {list.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </datalist>
          ) : null}
        </>
      )
  }
}
