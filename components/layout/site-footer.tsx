import Link from 'next/link'
import { PlainLink } from '@/components/ui/plain-link'

import { SERVICE_PAGES } from './service-pages'

export function SiteFooter({
  shopName,
  tagline,
  demonstration,
}: {
  shopName: string
  tagline: string
  /** True while no real money can be paid: the shop says so. */
  demonstration: boolean
}) {
  return (
    <footer className="site-footer">
      <div>
        <p className="site-name">{shopName}</p>
        <p>{tagline}</p>
      </div>
      <nav aria-label="Service">
        <PlainLink href="/find-order">Find an order</PlainLink>
        {SERVICE_PAGES.map(({ href, title }) => (
          <Link key={href} href={href}>
            {title}
          </Link>
        ))}
      </nav>
      {demonstration ? <p>This is a demonstration shop. Nothing is charged and nothing is sent.</p> : null}
    </footer>
  )
}
