import type { ReactNode } from 'react'

const WIDTHS = {
  /** Grids and everything else. */
  page: 'max-w-[84rem]',
  /** One column of attention: cart, checkout, receipt. */
  column: 'max-w-[66rem]',
  /** Running text. */
  text: 'max-w-[42rem]',
} as const

/** The page's side margins. */
export function Container({
  width = 'page',
  className = '',
  children,
}: {
  width?: keyof typeof WIDTHS
  className?: string
  children: ReactNode
}) {
  return <div className={`mx-auto px-5 sm:px-8 ${WIDTHS[width]} ${className}`}>{children}</div>
}
