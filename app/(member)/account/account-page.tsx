import type { ReactNode } from 'react'

import { Container } from '@/components/ui/container'
import { PageHeading } from '@/components/ui/heading'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { PlainLink } from '@/components/ui/plain-link'

import { doneText } from './done-text'

const PLACES = [
  ['/account', 'Overview'],
  ['/account/orders', 'Orders'],
  ['/account/addresses', 'Addresses'],
  ['/wish-list', 'Wish list'],
  ['/account/profile', 'Profile'],
  ['/account/security', 'Sign-in and devices'],
  ['/account/data', 'Your data'],
] as const

export type Asked = Promise<Record<string, string | string[] | undefined>>

/**
 * On a phone one row that is pushed sideways, and fades where there is more; where the browser can, it begins at the current place.
 * From tablets on a column.
 */
const ROW =
  '-mx-5 flex gap-x-6 overflow-x-auto px-5 py-1 pe-14 whitespace-nowrap [scrollbar-width:none] max-md:[mask-image:linear-gradient(to_right,black_calc(100%_-_3.5rem),transparent)] sm:-mx-8 sm:px-8 md:mx-0 md:block md:overflow-visible md:p-0 md:whitespace-normal'

/** The frame of the account's pages: where one is, where one can go, and the way out. Links load a document of its own. */
export function AccountPage({
  here,
  title,
  lead,
  done,
  children,
}: {
  here: (typeof PLACES)[number][0]
  title: string
  lead?: ReactNode
  /** The word in the address that says what has just been done. */
  done?: unknown
  children: ReactNode
}) {
  const said = doneText(done)
  return (
    <Container width="column" className="pb-24">
      <div className="grid gap-x-16 md:grid-cols-[13rem_minmax(0,1fr)]">
        <nav aria-label="Account" className="min-w-0 border-b border-rule pt-4 md:border-b-0 md:pt-14">
          <ul className={ROW}>
            {PLACES.map(([href, name]) => (
              <li key={href} className={href === here ? '[scroll-initial-target:nearest]' : undefined}>
                <PlainLink
                  href={href}
                  aria-current={href === here ? 'page' : undefined}
                  className="inline-flex min-h-11 items-center text-sm underline-offset-4 hover:underline aria-[current]:font-medium aria-[current]:underline"
                >
                  {name}
                </PlainLink>
              </li>
            ))}
            <li>
              <form method="post" action="/sign-out">
                <SubmitButton look="quiet" pendingLabel="Signing out…">
                  Sign out
                </SubmitButton>
              </form>
            </li>
          </ul>
        </nav>
        <div className="min-w-0 wrap-anywhere">
          <PageHeading lead={lead}>{title}</PageHeading>
          {said ? (
            <div className="mb-8">
              <Notice tone="positive" announce>
                {said}
              </Notice>
            </div>
          ) : null}
          {children}
        </div>
      </div>
    </Container>
  )
}

/** A part of an account page under a title of its own. */
export function Part({
  id,
  title,
  lead,
  children,
}: {
  id: string
  title: string
  lead?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="border-t border-rule py-6">
      <h2 id={id} className="text-xl">
        {title}
      </h2>
      {lead ? <p className="mt-1 max-w-[38rem] text-sm text-ink-soft">{lead}</p> : null}
      <div className="mt-4">{children}</div>
    </section>
  )
}
