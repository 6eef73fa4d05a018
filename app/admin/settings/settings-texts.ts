const DONE: Readonly<Record<string, string>> = {
  saved: 'Saved. The shop shows it from this moment.',
  removed: 'Removed.',
  tested: 'The mail is on its way to you.',
}

export function settingsDoneText(done: unknown): string | null {
  return typeof done === 'string' && Object.hasOwn(DONE, done) ? (DONE[done] ?? null) : null
}

/** What the second of two people reads. */
export function changedText(by: string): string {
  return `Meanwhile ${by} has changed this. Open the page in another tab to see what is there now; what you have typed is still here.`
}
