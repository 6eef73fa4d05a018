'use client'

import Copy from 'lucide-react/icons/copy'
import { useState } from 'react'

import { ICON } from '@/components/ui/icon-look'

/** Puts the receipt's full address on the clipboard. Without script the link beside it can be copied by hand. */
export function CopyLink({ path }: { path: string }) {
  const [copied, setCopied] = useState<boolean | null>(null)
  async function copy() {
    try {
      await navigator.clipboard.writeText(new URL(path, window.location.href).href)
      setCopied(true)
    } catch {
      // Browsers allow it on https and localhost alone, and may ask first.
      setCopied(false)
    }
  }
  return (
    <p className="mt-3 flex flex-wrap items-center gap-x-4 text-sm noscript:hidden">
      <button
        type="button"
        onClick={() => void copy()}
        className="inline-flex min-h-11 items-center gap-2 rounded-sm border border-edge px-4 hover:border-ink hover:bg-sheet"
      >
        <Copy {...ICON} /> Copy the link
      </button>
      <span role="status" className="text-ink-soft">
        {copied === null ? '' : copied ? 'Copied.' : 'Not allowed here: copy the link above by hand.'}
      </span>
    </p>
  )
}
