/** The spans that the back office looks at, in days, today among them. */
export const SALES_SPANS = [7, 30, 90, 365] as const
export type SalesSpan = (typeof SALES_SPANS)[number]

/** A span, and the one of the same length before it. `until` is not among its days. All are YYYY-MM-DD, UTC. */
export interface SalesPeriod {
  readonly from: string
  readonly until: string
  readonly formerFrom: string
}

const DAY_MS = 86_400_000

export function periodOf(span: SalesSpan, now: Date): SalesPeriod {
  const today = Math.floor(now.getTime() / DAY_MS)
  const day = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10)
  return { from: day(today - span + 1), until: day(today + 1), formerFrom: day(today - 2 * span + 1) }
}

export interface DaySum {
  readonly day: string
  readonly orders: number
  readonly totalMinor: number
  readonly attempts: number
  readonly refundedMinor: number
}

/** Every day from `from` to `until`, which is not among them, in order: those of `known`, and those without anything. */
export function fillDays(known: readonly DaySum[], from: string, until: string): DaySum[] {
  const byDay = new Map(known.map((day) => [day.day, day]))
  const days: DaySum[] = []
  for (let at = Date.parse(from); at < Date.parse(until); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10)
    days.push(byDay.get(day) ?? { day, orders: 0, totalMinor: 0, attempts: 0, refundedMinor: 0 })
  }
  return days
}

/** Sums of a span. `averageMinor` and `conversion` are null where there is nothing to divide by. */
export interface SalesFigures {
  readonly orders: number
  readonly totalMinor: number
  readonly refundedMinor: number
  readonly averageMinor: number | null
  /** Orders for each payment that was begun, 0 to 1. */
  readonly conversion: number | null
}

export function sumOf(days: readonly DaySum[]): SalesFigures {
  const add = (read: (day: DaySum) => number) => days.reduce((sum, day) => sum + read(day), 0)
  const orders = add((day) => day.orders)
  const totalMinor = add((day) => day.totalMinor)
  const attempts = add((day) => day.attempts)
  return {
    orders,
    totalMinor,
    refundedMinor: add((day) => day.refundedMinor),
    averageMinor: orders === 0 ? null : Math.round(totalMinor / orders),
    // An order can follow a payment that was begun on the day before.
    conversion: attempts === 0 ? null : Math.min(orders / attempts, 1),
  }
}

/** How a figure has changed, as people say it: "+12 %". Null when there was nothing before to compare with. */
export function changeText(now: number | null, before: number | null): string | null {
  if (now === null || before === null || before === 0) return null
  const percent = Math.round(((now - before) / before) * 100)
  return `${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${Math.abs(percent)} %`
}

/** A bar of the chart: a day, or a week of a year. */
export interface SalesBar {
  /** Its first day. */
  readonly day: string
  readonly orders: number
  readonly totalMinor: number
  /** Of the same place in the span before. */
  readonly formerMinor: number
}

/** `former` has as many days as `days`. The last bar of a year may be shorter than a week. */
export function barsOf(days: readonly DaySum[], former: readonly DaySum[]): SalesBar[] {
  const each = days.length > 100 ? 7 : 1
  const bars: SalesBar[] = []
  for (let start = 0; start < days.length; start += each) {
    const own = sumOf(days.slice(start, start + each))
    const before = sumOf(former.slice(start, start + each))
    bars.push({
      day: days[start]?.day ?? '',
      orders: own.orders,
      totalMinor: own.totalMinor,
      formerMinor: before.totalMinor,
    })
  }
  return bars
}
