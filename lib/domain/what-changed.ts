/** Names of fields and what is in them, for the audit log and for whoever was second. */
export type Said = Readonly<Record<string, string | number | boolean | null>>

/** The fields that differ, as they were and as they are. Null when none does. */
export function whatChanged(before: Said, after: Said): { readonly before: Said; readonly after: Said } | null {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changed = names.filter((name) => (before[name] ?? null) !== (after[name] ?? null))
  if (changed.length === 0) return null
  const pick = (said: Said) => Object.fromEntries(changed.map((name) => [name, said[name] ?? null]))
  return { before: pick(before), after: pick(after) }
}

const SHOWN_FIELDS = 4
const SHOWN_CHARACTERS = 60

/** `name from “A” to “B”, state from “draft” to “active”`, from two entries of the audit log. */
export function tellChange(before: unknown, after: unknown): string {
  const was = isSaid(before) ? before : {}
  const is = isSaid(after) ? after : {}
  const names = Object.keys(is).filter((name) => name !== 'version')
  const told = names
    .slice(0, SHOWN_FIELDS)
    .map((name) =>
      name in was ? `${name} from ${show(was[name])} to ${show(is[name])}` : `${name} to ${show(is[name])}`,
    )
  const more = names.length - told.length
  return [...told, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

function isSaid(value: unknown): value is Said {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function show(value: Said[string] | undefined): string {
  const text = value === null || value === undefined || value === '' ? 'nothing' : `“${value}”`
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
}
