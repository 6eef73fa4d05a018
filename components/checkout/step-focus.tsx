'use client'

import { useEffect, useRef } from 'react'

/** Takes the keyboard and the screen reader along when a step is done and the next one opens. */
export function StepFocus({ headingId }: { headingId: string }) {
  const shown = useRef(headingId)
  useEffect(() => {
    if (shown.current === headingId) return
    shown.current = headingId
    document.getElementById(headingId)?.focus()
  }, [headingId])
  return null
}
