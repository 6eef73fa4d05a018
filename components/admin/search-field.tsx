/** What is looked for in a list, as `q` in its address; `className` says how wide it may grow. */
export function SearchField({
  label,
  value,
  maxLength,
  className,
}: {
  label: string
  value: string | null
  maxLength: number
  className: string
}) {
  return (
    <label className={`min-w-0 flex-1 ${className}`}>
      <span className="mb-1 block text-xs text-ink-soft">{label}</span>
      <input
        type="search"
        name="q"
        defaultValue={value ?? ''}
        maxLength={maxLength}
        autoComplete="off"
        className="desk-field w-full"
      />
    </label>
  )
}
