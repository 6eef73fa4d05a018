import Menu from 'lucide-react/icons/menu'
import ShoppingBag from 'lucide-react/icons/shopping-bag'
import X from 'lucide-react/icons/x'
import Link from 'next/link'

import { categoryHref } from '@/components/catalog/category-href'
import { ICON } from '@/components/ui/icon-look'
import type { CategoryView } from '@/lib/domain/catalog'

import { AccountLink } from './account-link'
import { CartBadge } from './cart-badge'
import { PhoneMenu } from './phone-menu'
import { SERVICE_PAGES } from './service-pages'

/** The menu and the cart within reach of a thumb. */
export function PhoneBar({ categories }: { categories: readonly CategoryView[] }) {
  return (
    <nav aria-label="Menu and cart" className="phone-bar">
      <PhoneMenu
        label={
          <>
            <Menu {...ICON} /> Menu
          </>
        }
        closeLabel={
          <>
            <X {...ICON} /> Close
          </>
        }
      >
        <ul>
          {categories.map(({ path, name }) => (
            <li key={name}>
              <Link href={categoryHref(path)}>{name}</Link>
            </li>
          ))}
        </ul>
        <ul className="phone-menu-small">
          <li>
            <AccountLink />
          </li>
          {SERVICE_PAGES.map(({ href, title }) => (
            <li key={href}>
              <Link href={href}>{title}</Link>
            </li>
          ))}
        </ul>
      </PhoneMenu>
      <Link href="/cart">
        <ShoppingBag {...ICON} /> Cart <CartBadge />
      </Link>
    </nav>
  )
}
