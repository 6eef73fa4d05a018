import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False in the server's markup and until the page has come to life, true from then on. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
