/** The panel's code, for `useOnDemand`; the browser fetches it once. */
export async function loadSheet() {
  return (await import('./sheet')).Sheet
}
