import type { ComponentProps } from 'react'

import { CONTROL_CLASS, FieldShell, describeField, type FieldProps } from './field-shell'

/** One line of text. Give `name`, `autoComplete` and `inputMode`; everything else of an input passes through. */
export function TextField({
  id,
  label,
  hint,
  error,
  optional = false,
  className = '',
  ...input
}: FieldProps & Omit<ComponentProps<'input'>, keyof FieldProps>) {
  return (
    <FieldShell id={id} label={label} hint={hint} error={error} optional={optional}>
      <input
        type="text"
        required={!optional}
        {...input}
        id={id}
        className={`${CONTROL_CLASS} ${className}`}
        {...describeField({ id, hint, error })}
      />
    </FieldShell>
  )
}
