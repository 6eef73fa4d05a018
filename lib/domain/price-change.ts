/** Further ahead it is likelier a slip of the finger than a plan. */
const DAYS_AHEAD_MAX = 730

/** A moment as a form sends it, `2026-12-24T08:00`, in UTC; or what is wrong with it. */
export function parseStart(typed: string, now: Date): { readonly at: Date } | { readonly problem: string } {
  const text = typed.trim()
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text) ? new Date(`${text}Z`) : new Date(Number.NaN)
  // 31 February is a date to nobody but Date.
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(text.slice(0, 16))) {
    return { problem: 'Choose a day and a time.' }
  }
  if (at <= now) return { problem: 'This moment is over. To change a price now, change it in the table above.' }
  if (at.getTime() > now.getTime() + DAYS_AHEAD_MAX * 86_400_000) return { problem: 'No more than two years ahead.' }
  return { at }
}

/** `2026-12-24 08:00 UTC`. */
export function writeStart(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
