import type { ComponentProps, ReactNode } from 'react'

/** A group of radio cards under one question. The error belongs to the group. */
export function RadioGroup({
  id,
  legend,
  legendHidden = false,
  error,
  children,
}: {
  id: string
  legend: ReactNode
  legendHidden?: boolean
  error?: string | undefined
  children: ReactNode
}) {
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={legendHidden ? 'sr-only' : 'mb-2 text-sm font-medium'}>{legend}</legend>
      <div className="divide-y divide-rule rounded-sm border border-edge bg-sheet">{children}</div>
      {error ? (
        <p id={`${id}-error`} className="mt-1.5 text-sm text-danger">
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}

/** One choice in full width: what it is, what it means, and at its end what it costs. */
export function RadioCard({
  title,
  note,
  aside,
  ...input
}: Omit<ComponentProps<'input'>, 'title' | 'type' | 'className'> & {
  title: ReactNode
  note?: ReactNode
  aside?: ReactNode
}) {
  return (
    <label className="flex min-h-14 items-baseline gap-3.5 px-4 py-3.5 has-checked:bg-wash has-disabled:cursor-not-allowed has-disabled:text-ink-soft has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <input type="radio" {...input} className="size-4 shrink-0 translate-y-0.5 accent-accent outline-none" />
      <span className="min-w-0 flex-1">
        <span className="block text-base font-medium">{title}</span>
        {note ? <span className="block text-sm text-ink-soft">{note}</span> : null}
      </span>
      {aside ? <span className="num shrink-0 text-base">{aside}</span> : null}
    </label>
  )
}
