import Link from 'next/link'

import { Picture } from '@/components/ui/picture'
import type { ProductView } from '@/lib/domain/catalog'

/** The editorial row: one work at length, in its last picture, which is the one nearest to the paper. */
export function CloseUp({ product }: { product: ProductView }) {
  const picture = product.pictures.at(-1)
  return (
    <section aria-labelledby="close-up" className="close-up">
      {picture ? <Picture picture={picture} sizes="(min-width: 56rem) 50vw, 100vw" /> : null}
      <div>
        <p className="eyebrow">A closer look</p>
        <h2 id="close-up" className="mt-1 text-2xl">
          {product.name}
        </h2>
        <p className="mt-4 max-w-[52ch] text-base">{product.description.split('\n')[0]}</p>
        <p className="mt-5">
          <Link href={`/products/${product.slug}`} className="text-link">
            Sizes and prices
          </Link>
        </p>
      </div>
    </section>
  )
}
