const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** "3 hours ago", with the exact time for whoever points at it. Made on the server: nobody watches a clock here. */
export function Time({ at }: { at: Date }) {
  const exact = `${EXACT.format(at)} UTC`
  return (
    <time dateTime={at.toISOString()} title={exact} className="num whitespace-nowrap">
      {sinceOrUntil(at)}
    </time>
  )
}

function sinceOrUntil(at: Date): string {
  const ms = at.getTime() - Date.now()
  if (Math.abs(ms) > 14 * 86_400_000) return EXACT.format(at).slice(0, -10)
  const [unit, size] = UNITS.find(([, each]) => Math.abs(ms) >= each) ?? ['minute', 60_000]
  const amount = Math.trunc(ms / size)
  return amount === 0 ? 'just now' : RELATIVE.format(amount, unit)
}
