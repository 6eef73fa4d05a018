'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'

/** A `details`, which opens without JavaScript too; with it, Escape and arriving somewhere close it. */
export function PhoneMenu({ children }: { children: ReactNode }) {
  const details = useRef<HTMLDetailsElement>(null)
  const pathname = usePathname()
  useEffect(() => {
    if (details.current) details.current.open = false
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- arriving somewhere is the occasion
  }, [pathname])
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !details.current?.open) return
    details.current.open = false
    details.current.querySelector('summary')?.focus()
  }
  return (
    <details ref={details} onKeyDown={closeOnEscape}>
      <summary>
        <span className="when-closed">Menu</span>
        <span className="when-open">Close</span>
      </summary>
      {children}
    </details>
  )
}
