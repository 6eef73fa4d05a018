import Link from 'next/link'

import { Picture } from '@/components/ui/picture'
import { Price } from '@/components/ui/price'
import type { ProductCard } from '@/lib/domain/catalog'

const SIZES = '(min-width: 64rem) 22vw, (min-width: 40rem) 31vw, 46vw'

/**
 * Products side by side. The markup is small on purpose: a static page carries each card twice, once as HTML and once
 * as data. No picture in it is fetched eagerly: React would preload it with every link that is prefetched.
 */
export function ProductGrid({
  products,
  heading: Heading = 'h3',
}: {
  products: readonly ProductCard[]
  /** One below the heading above the grid. */
  heading?: 'h2' | 'h3'
}) {
  return (
    <ul className="cards">
      {products.map((product) => (
        <li key={product.slug} className={product.soldOut ? 'gone' : undefined}>
          {product.picture ? <Picture picture={product.picture} sizes={SIZES} alt="" /> : <i>No picture yet</i>}
          <Heading>
            <Link href={`/products/${product.slug}`}>{product.name}</Link>
          </Heading>
          <p>{product.subtitle}</p>
          <p>{product.soldOut ? <b>Sold out</b> : <Price money={product.fromPrice} from={product.priceVaries} />}</p>
        </li>
      ))}
    </ul>
  )
}
