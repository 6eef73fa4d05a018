import CircleCheck from 'lucide-react/icons/circle-check'
import CircleX from 'lucide-react/icons/circle-x'
import Info from 'lucide-react/icons/info'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'

import { ICON } from './icon-look'

const TONES = {
  info: { edge: 'border-accent', look: 'text-accent', Icon: Info },
  positive: { edge: 'border-positive', look: 'text-positive', Icon: CircleCheck },
  warning: { edge: 'border-warning', look: 'text-warning', Icon: TriangleAlert },
  danger: { edge: 'border-danger', look: 'text-danger', Icon: CircleX },
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
  const { edge, look, Icon } = TONES[tone]
  return (
    <div
      role={announce ? (tone === 'danger' ? 'alert' : 'status') : undefined}
      className={`flex gap-3 border-s-2 bg-sheet px-4 py-3 text-sm ${edge}`}
    >
      <Icon {...ICON} className={`mt-0.5 shrink-0 ${look}`} />
      <div className="min-w-0">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className={title ? 'text-ink-soft' : ''}>{children}</div> : null}
      </div>
    </div>
  )
}
