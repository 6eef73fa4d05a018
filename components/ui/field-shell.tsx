import type { ReactNode } from 'react'

/** What every field has: a name above, a hint below it, and the error beside it once there is one. */
export interface FieldProps {
  /** Unique on the page; the hint and error take their ids from it. */
  id: string
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  /** Marks the few fields that may stay empty; all others are required. */
  optional?: boolean
}

export const CONTROL_CLASS =
  'block min-h-12 w-full rounded-sm border border-edge bg-sheet px-3.5 py-2.5 text-base text-ink placeholder:text-ink-soft hover:border-ink focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-danger'

/** The aria attributes that tie a control to its hint and error. */
export function describeField({ id, hint, error }: Pick<FieldProps, 'id' | 'hint' | 'error'>) {
  const described = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ')
  return {
    'aria-invalid': error ? (true as const) : undefined,
    'aria-describedby': described || undefined,
  }
}

export function FieldShell({ id, label, hint, error, optional, children }: FieldProps & { children: ReactNode }) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
        {optional ? <span className="font-normal text-ink-soft"> (optional)</span> : null}
      </label>
      {children}
      {error ? (
        <p id={`${id}-error`} className="mt-1.5 text-sm text-danger">
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="mt-1.5 text-sm text-ink-soft">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
