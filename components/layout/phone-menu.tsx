'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useRef, useState, type MouseEvent, type ReactNode } from 'react'

import { loadSheet } from '@/components/ui/load-sheet'
import { useOnDemand } from '@/components/ui/use-on-demand'

/**
 * A panel over the page. Before and without JavaScript, and when the panel's code cannot be had, it is a `details` that
 * opens in place. Arriving somewhere closes it.
 */
export function PhoneMenu({
  label,
  closeLabel,
  children,
}: {
  label: ReactNode
  closeLabel: ReactNode
  children: ReactNode
}) {
  const [Sheet, prepare] = useOnDemand(loadSheet)
  const [openAt, setOpenAt] = useState<string | null>(null)
  const details = useRef<HTMLDetailsElement>(null)
  const pathname = usePathname()
  const open = openAt === pathname
  // It is not to open by itself when one comes back.
  if (openAt !== null && !open) setOpenAt(null)
  useEffect(() => {
    if (details.current) details.current.open = false
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- arriving somewhere is the occasion
  }, [pathname])
  const close = () => setOpenAt(null)
  const openSheet = (event: MouseEvent) => {
    const inPlace = details.current
    if (!inPlace || inPlace.open) return
    event.preventDefault()
    void prepare().then((ready) => (ready ? setOpenAt(pathname) : (inPlace.open = true)))
  }
  return (
    <>
      <details ref={details}>
        <summary onClick={openSheet} onPointerEnter={() => void prepare()} onFocus={() => void prepare()}>
          <span className="when-closed">{label}</span>
          <span className="when-open">{closeLabel}</span>
        </summary>
        <div className="phone-menu in-place">{open ? null : children}</div>
      </details>
      {Sheet ? (
        <Sheet open={open} title="Menu" titleHidden onClose={close}>
          <nav aria-label="Menu" className="phone-menu" onClick={close}>
            {children}
          </nav>
          <button type="button" className="phone-menu-close" onClick={close}>
            {closeLabel}
          </button>
        </Sheet>
      ) : null}
    </>
  )
}
