'use client'

import { Drawer } from '@base-ui/react/drawer'
import type { ReactNode } from 'react'

/** From this width on it comes from the side; app/overlays.css has the same. */
const FROM_THE_SIDE = '(min-width: 48rem)'

/**
 * A panel over the page: on a phone from below, where it can be swiped away, else from the side. It keeps the focus in and
 * gives it back; Escape and a tap beside it close it. Import it on demand: pages must not load it before it is wanted.
 */
export function Sheet({
  open,
  title,
  titleHidden = false,
  onClose,
  children,
}: {
  open: boolean
  title: string
  titleHidden?: boolean
  onClose: () => void
  children: ReactNode
}) {
  return (
    <Drawer.Root
      open={open}
      onOpenChange={(next) => next || onClose()}
      swipeDirection={window.matchMedia(FROM_THE_SIDE).matches ? 'right' : 'down'}
    >
      <Drawer.Portal>
        <Drawer.Backdrop className="backdrop" />
        <Drawer.Viewport className="sheet-place">
          <Drawer.Popup className="sheet">
            <Drawer.Content className="sheet-content">
              <Drawer.Title className={titleHidden ? 'sr-only' : 'text-xl'}>{title}</Drawer.Title>
              {children}
            </Drawer.Content>
          </Drawer.Popup>
        </Drawer.Viewport>
      </Drawer.Portal>
    </Drawer.Root>
  )
}
