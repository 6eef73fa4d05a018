import type { ReactNode } from 'react'

/** Above a list: what of it is shown, kept in the page's address. */
export function FilterBar({ action, children }: { action: string; children: ReactNode }) {
  return (
    <form method="get" action={action} className="mb-5 flex flex-wrap items-end gap-3">
      {children}
      <button type="submit" className="desk-button" data-look="primary">
        Find
      </button>
    </form>
  )
}

/** One of several, or any. */
export function FilterChoice({
  name,
  label,
  value,
  any = 'Any',
  children,
}: {
  name: string
  label: string
  value: string
  any?: string
  children: ReactNode
}) {
  return (
    <label className="min-w-0">
      <span className="mb-1 block text-xs text-ink-soft">{label}</span>
      <select name={name} defaultValue={value} className="desk-field w-full">
        <option value="">{any}</option>
        {children}
      </select>
    </label>
  )
}
