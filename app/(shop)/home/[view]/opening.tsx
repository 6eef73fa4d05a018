import Link from 'next/link'

import { categoryHref } from '@/components/catalog/category-href'
import { ButtonLink } from '@/components/ui/button'
import { Picture } from '@/components/ui/picture'
import type { CategoryView, Picture as PictureData, ProductCard } from '@/lib/domain/catalog'

/** One strong work and what the shop is, in a sentence. */
export function Opening({
  tagline,
  hero,
  product,
  firstCategory,
}: {
  tagline: string
  hero: PictureData | null
  product: ProductCard | null
  firstCategory: CategoryView | null
}) {
  return (
    <section className="opening">
      <div>
        <h1 className="text-3xl">{tagline}</h1>
        <p className="mt-5 max-w-[34ch] text-base text-ink-soft">
          Every sheet begins as a short program and a number. Change the number and the drawing is another one; keep it,
          and it can be printed again.
        </p>
        {firstCategory ? (
          <p className="mt-7">
            <ButtonLink href={categoryHref(firstCategory.path)}>See the {firstCategory.name.toLowerCase()}</ButtonLink>
          </p>
        ) : null}
      </div>
      {hero ? (
        <figure>
          <Picture picture={hero} sizes="(min-width: 56rem) 58vw, 100vw" eager />
          {product ? (
            <figcaption>
              <Link href={`/products/${product.slug}`} className="text-link">
                {product.name}
              </Link>
              {product.subtitle ? `, ${product.subtitle}` : ''}
            </figcaption>
          ) : null}
        </figure>
      ) : null}
    </section>
  )
}
