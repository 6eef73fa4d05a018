import Link from 'next/link'

import { buttonClass } from '@/components/ui/button-class'
import { Container } from '@/components/ui/container'

/** What a 404 says, inside the shop's frame or without it. */
export function NotFoundText() {
  return (
    <Container>
      <div className="not-found">
        <p className="eyebrow num">404</p>
        <h1 className="text-2xl">There is nothing on this sheet</h1>
        <p>The address may have a slip in it, or the work has been taken down.</p>
        {/* Prefetching the home page would load its great picture here. */}
        <Link href="/" prefetch={false} className={buttonClass('secondary')}>
          To the shop
        </Link>
      </div>
    </Container>
  )
}
