import 'server-only'

/** `name`: of the file, without its ending. `not_yet`: the worker has not given the number, which takes seconds. */
export type PrintOutcome =
  | { readonly kind: 'printed'; readonly name: string; readonly bytes: Buffer }
  | { readonly kind: 'not_found' | 'not_yet' }
