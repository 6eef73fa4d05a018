/** Many of a list, side by side: each that is ticked is sent under the same name. */
export function CheckGrid({
  id,
  name,
  label,
  hint,
  value,
  error,
  options = [],
}: {
  id: string
  name: string
  label: string
  hint?: string
  /** What is ticked, with commas between. */
  value: string
  error: string | undefined
  options?: readonly { readonly value: string; readonly label: string }[]
}) {
  const ticked = new Set(value.split(','))
  const described = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ')
  return (
    <fieldset aria-describedby={described || undefined} className="min-w-0 basis-full">
      <legend className="mb-1 text-xs font-medium">{label}</legend>
      {error ? (
        <p id={`${id}-error`} className="mb-1 text-xs text-danger">
          {error}
        </p>
      ) : null}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-3">
        {options.map((option) => (
          <label key={option.value} className="flex min-h-9 items-center gap-2">
            <input
              type="checkbox"
              name={name}
              value={option.value}
              defaultChecked={ticked.has(option.value)}
              className="size-4.5 flex-none accent-accent"
            />
            {option.label}
          </label>
        ))}
      </div>
      {hint ? (
        <p id={`${id}-hint`} className="mt-1 text-xs text-ink-soft">
          {hint}
        </p>
      ) : null}
    </fieldset>
  )
}
