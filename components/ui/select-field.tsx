import ChevronDown from 'lucide-react/icons/chevron-down'
import type { ComponentProps } from 'react'

import { CONTROL_CLASS, FieldShell, describeField, type FieldProps } from './field-shell'
import { ICON } from './icon-look'

/** The browser's own select: works on every phone, with every keyboard, without JavaScript. Options are its children. */
export function SelectField({
  id,
  label,
  hint,
  error,
  optional = false,
  className = '',
  ...select
}: FieldProps & Omit<ComponentProps<'select'>, keyof FieldProps>) {
  return (
    <FieldShell id={id} label={label} hint={hint} error={error} optional={optional}>
      <div className="relative">
        <select
          required={!optional}
          {...select}
          id={id}
          className={`${CONTROL_CLASS} appearance-none pe-10 ${className}`}
          {...describeField({ id, hint, error })}
        />
        <ChevronDown {...ICON} className="pointer-events-none absolute end-3.5 top-1/2 -translate-y-1/2" />
      </div>
    </FieldShell>
  )
}
