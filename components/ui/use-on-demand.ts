import { useCallback, useState } from 'react'

/**
 * Code that is fetched when somebody is about to need it, so that no page waits for it: the code once it is there, and
 * what fetches it, which answers whether it could be had. `load` must be the same function at each call.
 */
export function useOnDemand<Code>(load: () => Promise<Code>): readonly [Code | null, () => Promise<boolean>] {
  const [loaded, setLoaded] = useState<{ readonly code: Code } | null>(null)
  const prepare = useCallback(async () => {
    try {
      const code = await load()
      setLoaded({ code })
      return true
    } catch {
      // A line that broke; whoever asked has a way without it.
      return false
    }
  }, [load])
  return [loaded?.code ?? null, prepare]
}
