'use client'

import Search from 'lucide-react/icons/search'
import { useEffect, useState } from 'react'

import { ICON } from '@/components/ui/icon-look'
import { PlainLink } from '@/components/ui/plain-link'
import { useOnDemand } from '@/components/ui/use-on-demand'
import type { Place } from '@/lib/domain/admin-shortcuts'

import { useShortcuts } from './use-shortcuts'

const loadPalette = async () => (await import('./palette-dialog')).PaletteDialog
const loadHelp = async () => (await import('./help-dialog')).HelpDialog

/** Opens the command palette, by Ctrl-K or by the link, and listens to the keys of /admin. Without scripts the link is a page. */
export function Palette({ places }: { places: readonly Place[] }) {
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const [PaletteDialog, preparePalette] = useOnDemand(loadPalette)
  const [HelpDialog, prepareHelp] = useOnDemand(loadHelp)
  const { singleKeys, setSingleKeys } = useShortcuts({ places, isOpen: open !== null, onOpen: setOpen })
  useEffect(() => {
    if (open === 'palette') {
      // Whose line broke has the page.
      void preparePalette().then((isThere) => isThere || window.location.assign('/admin/find'))
    }
    if (open === 'help') void prepareHelp()
  }, [open, preparePalette, prepareHelp])
  return (
    <>
      <PlainLink
        href="/admin/find"
        className="desk-find"
        onPointerEnter={() => void preparePalette()}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          setOpen('palette')
        }}
      >
        <span className="flex items-center gap-2">
          <Search {...ICON} /> Find
        </span>
        <kbd>Ctrl K</kbd>
      </PlainLink>
      {open === 'palette' && PaletteDialog ? (
        <PaletteDialog places={places} onClose={() => setOpen(null)} onHelp={() => setOpen('help')} />
      ) : null}
      {open === 'help' && HelpDialog ? (
        <HelpDialog
          places={places}
          singleKeys={singleKeys}
          onSingleKeys={setSingleKeys}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  )
}
