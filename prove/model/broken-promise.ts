/** A step that must not be possible has been taken, or a state reached that must not be. */
export class BrokenPromise extends Error {}

/** @throws BrokenPromise unless `holds`. */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new BrokenPromise(what)
}
