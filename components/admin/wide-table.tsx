import type { ReactNode } from 'react'

/**
 * The frame of a table that may be wider than the screen: it scrolls by itself, by keyboard too, which is why it can be focused
 * and has a name (axe's scrollable-region-focusable, WCAG 2.1.1).
 */
export function WideTable({
  name,
  className = '',
  children,
}: {
  name: string
  className?: string
  children: ReactNode
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div role="region" aria-label={name} tabIndex={0} className={`overflow-x-auto ${className}`}>
      {children}
    </div>
  )
}
