import type { ReactNode } from 'react'

/** The one h1 of a page, with an optional line below it. */
export function PageHeading({ children, lead }: { children: ReactNode; lead?: ReactNode }) {
  return (
    <header className="pt-8 pb-8 sm:pt-12 sm:pb-10">
      <h1 className="text-2xl">{children}</h1>
      {lead ? <p className="mt-3 max-w-[38rem] text-base text-ink-soft">{lead}</p> : null}
    </header>
  )
}

/** The head of a section: a hairline above, a title, and at most one link at its end. */
export function SectionHeading({ id, children, aside }: { id?: string; children: ReactNode; aside?: ReactNode }) {
  return (
    <div className="mb-6 flex items-baseline justify-between gap-6 border-t border-rule pt-4">
      <h2 id={id} className="text-xl">
        {children}
      </h2>
      {aside ? <div className="shrink-0 text-sm">{aside}</div> : null}
    </div>
  )
}
