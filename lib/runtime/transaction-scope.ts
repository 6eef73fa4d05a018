import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Knows whether the running code is inside a database transaction, so that the PayPal client can refuse to be called
 * there: a lock held over the network is how other shops lose money.
 */
const scope = new AsyncLocalStorage<true>()

export function runInTransactionScope<T>(work: () => Promise<T>): Promise<T> {
  return scope.run(true, work)
}

/** @throws Error when called inside a transaction; `what` names the call for the stack's reader. */
export function refuseInsideTransaction(what: string): void {
  if (scope.getStore()) throw new Error(`${what} must not run inside a database transaction`)
}
