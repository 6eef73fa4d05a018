import type { ReactNode } from 'react'

const TONES = {
  info: { edge: 'border-accent', icon: 'text-accent', path: 'M8 7v5M8 4.2v.3' },
  positive: { edge: 'border-positive', icon: 'text-positive', path: 'm4.2 8.4 2.6 2.6 5-5.6' },
  warning: { edge: 'border-warning', icon: 'text-warning', path: 'M8 3.8v5M8 11.6v.3' },
  danger: { edge: 'border-danger', icon: 'text-danger', path: 'm5 5 6 6m0-6-6 6' },
} as const

/**
 * Something the shopper should know. The shape says it as well as the colour. `announce` reads it out when it appears
 * after an action; leave it off for what stood there from the start.
 */
export function Notice({
  tone = 'info',
  title,
  announce = false,
  children,
}: {
  tone?: keyof typeof TONES
  title?: ReactNode
  announce?: boolean
  children?: ReactNode
}) {
  const { edge, icon, path } = TONES[tone]
  return (
    <div
      role={announce ? (tone === 'danger' ? 'alert' : 'status') : undefined}
      className={`flex gap-3 border-s-2 bg-sheet px-4 py-3 text-sm ${edge}`}
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 16 16"
        className={`mt-0.5 size-4.5 shrink-0 fill-none stroke-current ${icon}`}
      >
        <circle cx="8" cy="8" r="7" />
        <path d={path} strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <div className="min-w-0">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className={title ? 'text-ink-soft' : ''}>{children}</div> : null}
      </div>
    </div>
  )
}
