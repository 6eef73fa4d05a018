'use client'

import { Dialog } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import { useState } from 'react'

import type { Place } from '@/lib/domain/admin-shortcuts'

import { useFound } from './use-found'

const go = (href: string) => window.location.assign(href)

/** A text, and all that can be gone to by it: pages of this role, orders, customers, products. */
export function PaletteDialog({
  places,
  onClose,
  onHelp,
}: {
  places: readonly Place[]
  onClose: () => void
  onHelp: () => void
}) {
  const [text, setText] = useState('')
  const { groups, isLooking } = useFound(text)
  const named = places.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))
  return (
    <Dialog.Root open onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="desk palette" aria-label="Find">
          <Command label="Find" shouldFilter={false} loop>
            <Command.Input
              value={text}
              onValueChange={setText}
              maxLength={200}
              placeholder="A page, an order’s number, a customer or a product"
            />
            <Command.List label="Found">
              {groups.map(({ name, found }) => (
                <Command.Group key={name} heading={name}>
                  {found.map((each) => (
                    <Command.Item key={each.href} value={each.href} onSelect={() => go(each.href)}>
                      {each.name}
                      <span>{each.detail}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
              {named.length > 0 ? (
                <Command.Group heading="Pages">
                  {named.map(({ path, name, key }) => (
                    <Command.Item key={path} value={path} onSelect={() => go(path)}>
                      {name}
                      {key ? <kbd>g {key}</kbd> : null}
                    </Command.Item>
                  ))}
                </Command.Group>
              ) : null}
            </Command.List>
          </Command>
          <p className="palette-foot" aria-live="polite">
            {isLooking
              ? 'Looking…'
              : groups.length + named.length === 0
                ? 'Nothing is called like that.'
                : 'Enter goes there.'}
            <button type="button" onClick={onHelp}>
              All keys
            </button>
          </p>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
