import Check from 'lucide-react/icons/check'
import type { ReactNode } from 'react'

import { ICON } from '@/components/ui/icon-look'

/** One of the checkout's steps: open with its form, done with what was entered, or still to come. */
export function Step({
  number,
  title,
  state,
  editHref,
  children,
}: {
  number: number
  title: string
  state: 'open' | 'done' | 'later'
  editHref?: string
  children?: ReactNode
}) {
  return (
    <section
      aria-labelledby={`step-${number}`}
      className="border-t border-rule py-6"
      aria-current={state === 'open' ? 'step' : undefined}
    >
      <div className="flex items-baseline justify-between gap-4">
        <h2 id={`step-${number}`} tabIndex={-1} className={`text-xl ${state === 'later' ? 'text-ink-soft' : ''}`}>
          <span className="num me-2 inline-block w-5 font-sans text-sm text-ink-soft">
            {state === 'done' ? (
              <Check
                {...ICON}
                role="img"
                aria-hidden={false}
                aria-label="Done:"
                className="inline align-[-0.2em] text-positive"
              />
            ) : (
              number
            )}
          </span>
          {title}
        </h2>
        {state === 'done' && editHref ? (
          <a
            href={editHref}
            className="inline-flex min-h-11 items-center text-sm underline decoration-edge underline-offset-4 hover:decoration-current"
          >
            Edit<span className="sr-only"> {title.toLowerCase()}</span>
          </a>
        ) : null}
      </div>
      {children ? (
        <div className={state === 'open' ? 'mt-5' : 'mt-1 ps-7 text-base text-ink-soft'}>{children}</div>
      ) : null}
    </section>
  )
}
