import Link from 'next/link'

import { categoryHref } from '@/components/catalog/category-href'
import type { CategoryView } from '@/lib/domain/catalog'

import { CartBadge } from './cart-badge'

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
      <Link href="/cart" className="site-cart">
        Cart <CartBadge />
      </Link>
    </header>
  )
}
