import Link from 'next/link'

import { buttonClass } from '@/components/ui/button-class'
import { Container } from '@/components/ui/container'
import { PlainLink } from '@/components/ui/plain-link'
import { RECEIPT_LINK_DAYS } from '@/lib/domain/order'

/**
 * What a 404 says, inside the shop's frame or without it. It is the same everywhere, so that an order's address tells nobody
 * whether there is such an order.
 */
export function NotFoundText() {
  return (
    <Container>
      <div className="not-found">
        <p className="eyebrow num">404</p>
        <h1 className="text-2xl">There is nothing on this sheet</h1>
        <p>The address may have a slip in it, or the work has been taken down.</p>
        <p>
          An order’s link works for {RECEIPT_LINK_DAYS} days, and only when it is copied whole:{' '}
          <PlainLink href="/find-order" className="text-link">
            ask for another by e-mail
          </PlainLink>
          .
        </p>
        {/* Prefetching the home page would load its great picture here. */}
        <Link href="/" prefetch={false} className={buttonClass('secondary')}>
          To the shop
        </Link>
      </div>
    </Container>
  )
}
