'use client'

import { Dialog } from '@base-ui/react/dialog'
import X from 'lucide-react/icons/x'

import { ICON } from '@/components/ui/icon-look'
import { pictureAddress } from '@/components/ui/picture-address'
import type { Picture } from '@/lib/domain/catalog'

/** A picture as large as it was rendered, to look around in. Escape, a click or the button closes it. */
export function ZoomDialog({ picture, onClose }: { picture: Picture | null; onClose: () => void }) {
  if (!picture) return null
  return (
    <Dialog.Root open onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal>
        <Dialog.Popup ref={centre} className="zoom" aria-label={picture.alt} onClick={onClose}>
          <Dialog.Close>
            <X {...ICON} /> Close
          </Dialog.Close>
          <img
            src={pictureAddress(picture, Math.max(...picture.widths))}
            width={picture.width}
            height={picture.height}
            alt={picture.alt}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function centre(shown: HTMLElement | null): void {
  shown?.scrollTo((shown.scrollWidth - shown.clientWidth) / 2, (shown.scrollHeight - shown.clientHeight) / 2)
}
