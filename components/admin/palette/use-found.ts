import { useEffect, useState } from 'react'

import { FIND_MIN, type FoundGroup } from '@/lib/domain/admin-shortcuts'

/** Longer than between two letters of somebody who types, shorter than anybody notices. */
const PAUSE_MS = 120

/**
 * What the shop finds for a text, once nobody types any more. What was found for the text before goes at once: Enter would lead
 * there.
 */
export function useFound(text: string): { readonly groups: readonly FoundGroup[]; readonly isLooking: boolean } {
  const [answer, setAnswer] = useState<{ readonly text: string; readonly groups: readonly FoundGroup[] }>({
    text: '',
    groups: [],
  })
  const wanted = text.trim()
  const isWanted = wanted.length >= FIND_MIN
  useEffect(() => {
    if (!isWanted) return
    const stopping = new AbortController()
    const timer = setTimeout(() => {
      void ask(wanted, stopping.signal).then((groups) => groups && setAnswer({ text: wanted, groups }))
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stopping.abort()
    }
  }, [wanted, isWanted])
  const isAnswered = isWanted && answer.text === wanted
  return { groups: isAnswered ? answer.groups : [], isLooking: isWanted && !isAnswered }
}

/** Null when it was not wanted any more. Whoever is signed out meanwhile, or offline, finds nothing. */
async function ask(text: string, signal: AbortSignal): Promise<readonly FoundGroup[] | null> {
  try {
    const response = await fetch(`/admin/find/results?q=${encodeURIComponent(text)}`, { signal })
    return response.ok ? ((await response.json()) as { groups: FoundGroup[] }).groups : []
  } catch {
    return signal.aborted ? null : []
  }
}
