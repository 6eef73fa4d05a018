'use client'

import { useEffect, useRef } from 'react'

import { pictureAddress } from '@/components/ui/picture-address'
import type { Picture } from '@/lib/domain/catalog'

/** A picture as large as it was rendered, to look around in. Escape, a click or the button closes it. */
export function ZoomDialog({ picture, onClose }: { picture: Picture | null; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const shown = dialog.current
    if (!picture || !shown) return
    shown.showModal()
    shown.scrollTo((shown.scrollWidth - shown.clientWidth) / 2, (shown.scrollHeight - shown.clientHeight) / 2)
    // A page that is left is kept hidden; a dialog left open in it would make the next page inert.
    return () => shown.close()
  }, [picture])
  if (!picture) return null
  return (
    <dialog
      ref={dialog}
      className="zoom"
      aria-label={picture.alt}
      onClose={onClose}
      onClick={() => dialog.current?.close()}
    >
      <button type="button">Close</button>
      <img
        src={pictureAddress(picture, Math.max(...picture.widths))}
        width={picture.width}
        height={picture.height}
        alt={picture.alt}
      />
    </dialog>
  )
}
