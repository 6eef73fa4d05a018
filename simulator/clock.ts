/** The simulated time: the machine's, moved forward by the controls. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number
  offsetMs(): number
  advance(milliseconds: number): void
  setOffset(milliseconds: number): void
}

export function createClock(): Clock {
  let offset = 0
  return {
    now: () => Date.now() + offset,
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
