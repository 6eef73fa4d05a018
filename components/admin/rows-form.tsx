'use client'

import type { StepAction, StepState } from '@/components/checkout/step-state'
import { useStep } from '@/components/checkout/use-step'

import { LabelledField, type ActField } from './act-form'
import { FormProblem } from './form-problem'
import { WideTable } from './wide-table'

export interface RowColumn {
  readonly name: string
  readonly label: string
  readonly kind: 'text' | 'number' | 'decimal' | 'checkbox'
  readonly maxLength?: number
  /** Width of its field, as a class. */
  readonly width?: string
}

export interface Row {
  readonly id: number
  readonly label: string
  /** Beside the label, in small. */
  readonly note?: string
  readonly href?: string
  /** By the column's name; `1` and empty for a checkbox. */
  readonly values: Readonly<Record<string, string>>
}

/**
 * A table of which every row can be edited, sent as one form: fields are named `column.row`. Works without JavaScript, keeps what
 * was typed, and says in the cell what is wrong.
 */
export function RowsForm({
  id,
  name,
  rowLabel,
  action,
  refused,
  hidden,
  fields = [],
  columns,
  rows,
  submit,
  pending: pendingLabel,
}: {
  id: string
  name: string
  rowLabel: string
  action: StepAction
  refused: StepState | null
  hidden: Readonly<Record<string, string>>
  /** Of the form as a whole, above its table; those of long texts below it. */
  fields?: readonly ActField[]
  columns: readonly RowColumn[]
  rows: readonly Row[]
  submit: string
  pending: string
}) {
  const cells = rows.flatMap((row) =>
    columns.map((column) => [`${column.name}.${row.id}`, row.values[column.name] ?? '']),
  )
  const own = fields.map((field) => [field.name, field.value ?? ''])
  const saved = { ...hidden, ...Object.fromEntries([...own, ...cells]) }
  const { formProps, pending, errors, confirmAt, valueOf } = useStep(action, saved, refused)
  const field = (each: ActField) => (
    <LabelledField
      key={each.name}
      id={`${id}-${each.name}`}
      field={each}
      value={valueOf(each.name)}
      error={errors[each.name]}
    />
  )
  return (
    <form {...formProps} className="space-y-3">
      {Object.keys(hidden).map((each) => (
        <input key={each} type="hidden" name={each} value={valueOf(each)} />
      ))}
      <FormProblem problem={pending ? undefined : errors['form']} confirmAt={confirmAt} />
      <div className="flex flex-wrap items-start gap-3">
        {fields.filter(({ kind }) => kind !== 'textarea').map(field)}
      </div>
      <WideTable name={name} className="-mx-5">
        <table className="desk-table desk-grid">
          <thead>
            <tr>
              <th scope="col">{rowLabel}</th>
              {columns.map((column) => (
                <th key={column.name} scope="col">
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  {row.href ? (
                    <a href={row.href} className="text-link">
                      {row.label}
                    </a>
                  ) : (
                    row.label
                  )}
                  {row.note ? <span className="num block text-xs font-normal text-ink-soft">{row.note}</span> : null}
                </th>
                {columns.map((column) => {
                  const cell = `${column.name}.${row.id}`
                  return (
                    <td key={column.name}>
                      <Cell
                        id={`${id}-${cell}`}
                        field={cell}
                        column={column}
                        label={`${column.label}, ${row.label}`}
                        value={valueOf(cell)}
                        error={pending ? undefined : errors[cell]}
                      />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
      {fields.filter(({ kind }) => kind === 'textarea').map(field)}
      <button
        type="submit"
        className="desk-button"
        data-look="primary"
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

function Cell({
  id,
  field,
  column,
  label,
  value,
  error,
}: {
  id: string
  field: string
  column: RowColumn
  label: string
  value: string
  error: string | undefined
}) {
  const { kind, maxLength = 80, width = 'w-28' } = column
  if (kind === 'checkbox') {
    return (
      <input
        type="checkbox"
        name={field}
        value="1"
        aria-label={label}
        defaultChecked={value === '1'}
        className="m-2.5 size-4.5 accent-accent"
      />
    )
  }
  return (
    <>
      <input
        id={id}
        name={field}
        aria-label={label}
        defaultValue={value}
        maxLength={maxLength}
        inputMode={kind === 'text' ? undefined : kind === 'decimal' ? 'decimal' : 'numeric'}
        autoComplete="off"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        className={`desk-field aria-invalid:border-danger ${width} ${kind === 'text' ? '' : 'num text-end'}`}
      />
      {error ? (
        <span id={`${id}-error`} className="mt-1 block max-w-48 text-xs text-danger">
          {error}
        </span>
      ) : null}
    </>
  )
}
