/** How the buyer's page is shown: in a window or frame of our browser script, or instead of the shop's page. */
export type Presentation = { kind: 'redirect' } | { kind: 'popup' | 'modal'; shopOrigin: string }

/** Reads what the browser script put into the address; anything odd counts as a plain redirect. */
export function readPresentation(kind: string | undefined, origin: string | undefined): Presentation {
  if ((kind !== 'popup' && kind !== 'modal') || origin === undefined || !URL.canParse(origin))
    return { kind: 'redirect' }
  const url = new URL(origin)
  return url.protocol === 'http:' || url.protocol === 'https:' ? { kind, shopOrigin: url.origin } : { kind: 'redirect' }
}
