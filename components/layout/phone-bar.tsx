import Link from 'next/link'

import { categoryHref } from '@/components/catalog/category-href'
import type { CategoryView } from '@/lib/domain/catalog'

import { CartBadge } from './cart-badge'
import { PhoneMenu } from './phone-menu'
import { SERVICE_PAGES } from './service-pages'

/** The menu and the cart within reach of a thumb. */
export function PhoneBar({ categories }: { categories: readonly CategoryView[] }) {
  return (
    <nav aria-label="Menu and cart" className="phone-bar">
      <PhoneMenu>
        <div className="phone-menu">
          <ul>
            {categories.map(({ path, name }) => (
              <li key={name}>
                <Link href={categoryHref(path)}>{name}</Link>
              </li>
            ))}
          </ul>
          <ul className="phone-menu-small">
            {SERVICE_PAGES.map(({ href, title }) => (
              <li key={href}>
                <Link href={href}>{title}</Link>
              </li>
            ))}
          </ul>
        </div>
      </PhoneMenu>
      <Link href="/cart">
        Cart <CartBadge />
      </Link>
    </nav>
  )
}
