/** "MERCHANDISE_OR_SERVICE_NOT_RECEIVED" as a person says it: "merchandise or service not received". */
export function inWords(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ')
}

const DAY_MS = 86_400_000

/** Nearer than two days is red: an answer takes that long to write. */
export function deadlineTone(deadline: Date): string {
  const left = deadline.getTime() - Date.now()
  return left < 2 * DAY_MS ? 'font-medium text-danger' : left < 5 * DAY_MS ? 'text-warning' : ''
}
