'use client'

import { useEffect } from 'react'

/** Loads the page anew after a while, for whoever watches something go on. Without JavaScript there is a link beside it. */
export function ReloadSoon({ ms }: { ms: number }) {
  useEffect(() => {
    const timer = setTimeout(() => window.location.reload(), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return null
}
