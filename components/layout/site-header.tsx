import ShoppingBag from 'lucide-react/icons/shopping-bag'
import Link from 'next/link'

import { categoryHref } from '@/components/catalog/category-href'
import { ICON } from '@/components/ui/icon-look'
import type { CategoryView } from '@/lib/domain/catalog'

import { AccountLink } from './account-link'
import { CartBadge } from './cart-badge'
import { MemberMarks } from './member-marks'

export function SiteHeader({ shopName, categories }: { shopName: string; categories: readonly CategoryView[] }) {
  return (
    <header className="site-header">
      {/* Prefetching the home page would load its great picture on every page. */}
      <Link href="/" prefetch={false} className="site-name">
        {shopName}
      </Link>
      <nav aria-label="Categories" className="site-nav">
        {categories.map(({ path, name }) => (
          <Link key={name} href={categoryHref(path)}>
            {name}
          </Link>
        ))}
      </nav>
      <div className="site-cart">
        <AccountLink />
        <MemberMarks />
        <Link href="/cart">
          <ShoppingBag {...ICON} /> Cart <CartBadge />
        </Link>
      </div>
    </header>
  )
}
