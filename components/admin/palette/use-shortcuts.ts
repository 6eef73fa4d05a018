import { useEffect, useRef, useSyncExternalStore } from 'react'

import type { Place } from '@/lib/domain/admin-shortcuts'

/** How long `g` waits for the letter of where to. */
const GO_MS = 1_500
const OFF_KEY = 'admin-single-keys'

/**
 * The keys of /admin. Ctrl-K always works. Those without Ctrl work where nobody types, and can be switched off, because speech and
 * a tremor press them too (WCAG 2.1.4).
 */
export function useShortcuts({
  places,
  isOpen,
  onOpen,
}: {
  places: readonly Place[]
  isOpen: boolean
  onOpen: (what: 'palette' | 'help') => void
}) {
  const singleKeys = useSyncExternalStore(watchSetting, readSetting, () => true)
  const goSince = useRef(0)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        onOpen('palette')
        return
      }
      if (!singleKeys || isOpen || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const isGoing = event.timeStamp - goSince.current < GO_MS
      goSince.current = event.key === 'g' ? event.timeStamp : 0
      const place = isGoing ? places.find(({ key }) => key === event.key) : undefined
      const act = place ? () => window.location.assign(place.path) : actOf(event.key, onOpen)
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [places, isOpen, onOpen, singleKeys])
  return { singleKeys, setSingleKeys: writeSetting }
}

function actOf(key: string, onOpen: (what: 'palette' | 'help') => void): (() => void) | null {
  switch (key) {
    case '?':
      return () => onOpen('help')
    case '/':
      return () => {
        const search = document.querySelector<HTMLInputElement>('main input[type="search"]')
        if (search) search.select()
        else onOpen('palette')
      }
    case 'j':
      return () => moveRow(1)
    case 'k':
      return () => moveRow(-1)
    default:
      return null
  }
}

/** To the link of the next row, or of the one before; from anywhere else to the first. */
function moveRow(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.desk-row-link')]
  const here = rows.findIndex((row) => row === document.activeElement)
  rows[here === -1 ? 0 : Math.min(Math.max(here + by, 0), rows.length - 1)]?.focus()
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
}

const listeners = new Set<() => void>()

function watchSetting(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function readSetting(): boolean {
  try {
    return window.localStorage.getItem(OFF_KEY) !== 'off'
  } catch {
    // A browser that keeps nothing.
    return true
  }
}

function writeSetting(isOn: boolean): void {
  try {
    if (isOn) window.localStorage.removeItem(OFF_KEY)
    else window.localStorage.setItem(OFF_KEY, 'off')
  } catch {
    // As before, then, the next time.
  }
  for (const listener of listeners) listener()
}
