/** The simulated time: the machine's or another given one, moved forward by the controls. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number
  offsetMs(): number
  advance(milliseconds: number): void
  setOffset(milliseconds: number): void
}

export function createClock(base: () => number = Date.now): Clock {
  let offset = 0
  return {
    now: () => base() + offset,
    offsetMs: () => offset,
    advance: (milliseconds) => {
      offset += milliseconds
    },
    setOffset: (milliseconds) => {
      offset = milliseconds
    },
  }
}

/** PayPal's time format: RFC 3339 without fractions. */
export function toPayPalTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}
