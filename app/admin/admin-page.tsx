import type { ReactNode } from 'react'

import { Palette } from '@/components/admin/palette/palette'
import { PlainLink } from '@/components/ui/plain-link'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { SkipLink } from '@/components/layout/skip-link'
import { adminDatabase } from '@/lib/admin/admin-services'
import type { Admin } from '@/lib/admin/admin'
import { getCounts } from '@/lib/admin/counts'
import { ADMIN_PAGES, type AdminPlace } from '@/lib/domain/admin-pages'
import { placesOf } from '@/lib/domain/admin-shortcuts'
import { can, ROLE_NAMES } from '@/lib/domain/staff'

import './admin.css'

export type Asked = Promise<Record<string, string | string[] | undefined>>

/** The frame of /admin: where one can go, with what waits there, and who one is. Links load a document of its own. */
export async function AdminPage({
  admin,
  here,
  title,
  aside,
  back,
  done,
  children,
}: {
  admin: Admin
  /** Null where it is no place of the navigation. */
  here: AdminPlace | null
  title: string
  /** At the end of the heading's line: what can be done here. */
  aside?: ReactNode
  back?: { readonly href: string; readonly name: string }
  /** What has just been done. */
  done?: string | null
  children: ReactNode
}) {
  const counts = await getCounts(adminDatabase(), admin)
  return (
    <div className="desk">
      <SkipLink />
      <nav aria-label="Admin" className="desk-nav print:hidden">
        <Palette places={placesOf(admin.role)} />
        {ADMIN_PAGES.filter(({ permission }) => can(admin.role, permission))
          .toSorted((a, b) => a.path.split('/').length - b.path.split('/').length)
          .map(({ path, name }) => (
            <a key={path} href={path} aria-current={path === here ? 'page' : undefined}>
              {name}
              {counts[path] ? (
                <span className="desk-count">
                  {counts[path]}
                  <span className="sr-only"> waiting</span>
                </span>
              ) : null}
            </a>
          ))}
        <div className="ms-auto flex items-center gap-3 lg:ms-0 lg:mt-auto lg:block">
          <p className="hidden px-3 pb-2 text-xs text-ink-soft lg:block">
            <span className="block truncate text-ink">{admin.name || admin.email}</span>
            {ROLE_NAMES[admin.role]}
          </p>
          <PlainLink href="/admin/me">My second factor</PlainLink>
          <PlainLink href="/">To the shop</PlainLink>
          <form method="post" action="/sign-out">
            <SubmitButton
              look="quiet"
              className="min-h-9! justify-start! px-3! text-ink! no-underline!"
              pendingLabel="Signing out…"
            >
              Sign out
            </SubmitButton>
          </form>
        </div>
      </nav>
      <main id="main" tabIndex={-1} className="min-w-0 px-4 pt-5 pb-20 outline-none sm:px-8 sm:pt-7">
        {back ? (
          <p className="mb-1 text-xs print:hidden">
            <a href={back.href} className="text-link inline-block py-1">
              ← {back.name}
            </a>
          </p>
        ) : null}
        <header className="mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <h1 className="text-xl">{title}</h1>
          {aside}
        </header>
        {done ? (
          <div className="mb-5 max-w-3xl">
            <Notice tone="positive" announce>
              {done}
            </Notice>
          </div>
        ) : null}
        {children}
      </main>
    </div>
  )
}
