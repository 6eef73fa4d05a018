import type { ReactNode } from 'react'

import './admin.css'

/** A page of /admin for whoever is not behind both doors yet: one thing to do, and no navigation. */
export function PlainPage({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <div className="desk block!">
      <main id="main" className="mx-auto max-w-xl px-5 pt-12 pb-20">
        <h1 className="text-xl">{title}</h1>
        {lead ? <p className="mt-2 text-ink-soft">{lead}</p> : null}
        <div className="mt-6 space-y-6">{children}</div>
      </main>
    </div>
  )
}
