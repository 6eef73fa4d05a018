'use client'

import { Dialog } from '@base-ui/react/dialog'

import type { Place } from '@/lib/domain/admin-shortcuts'

const KEYS = [
  ['Ctrl K', 'Find anything'],
  ['/', 'Into the search of the page'],
  ['j', 'To the next row'],
  ['k', 'To the row before'],
  ['Enter', 'Open the row'],
  ['?', 'This list'],
] as const

/** All keys, and the switch for those that are pressed without Ctrl. */
export function HelpDialog({
  places,
  singleKeys,
  onSingleKeys,
  onClose,
}: {
  places: readonly Place[]
  singleKeys: boolean
  onSingleKeys: (isOn: boolean) => void
  onClose: () => void
}) {
  return (
    <Dialog.Root open onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="desk palette palette-help">
          <Dialog.Title className="text-base">Keys</Dialog.Title>
          <dl>
            {KEYS.map(([key, what]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
            {places.flatMap(({ key, name }) =>
              key ? (
                <div key={key}>
                  <dt>
                    <kbd>g</kbd> <kbd>{key}</kbd>
                  </dt>
                  <dd>{name}</dd>
                </div>
              ) : (
                []
              ),
            )}
          </dl>
          <label className="flex min-h-9 items-center gap-2.5">
            <input
              type="checkbox"
              checked={singleKeys}
              onChange={(event) => onSingleKeys(event.target.checked)}
              className="size-4.5 accent-accent"
            />
            Keys without Ctrl work in this browser
          </label>
          <Dialog.Close className="desk-button">Close</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
