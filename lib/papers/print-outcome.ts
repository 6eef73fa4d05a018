import 'server-only'

/** `name`: of the file, without its ending. `not_yet` and `waits`: as `findInvoice` has them. */
export type PrintOutcome =
  | { readonly kind: 'printed'; readonly name: string; readonly bytes: Buffer }
  | { readonly kind: 'not_found' | 'not_yet' | 'waits' }
