import type { Metadata } from 'next'
import { connection } from 'next/server'

import { ButtonForm } from '@/components/members/button-form'
import { WishMarksSync } from '@/components/members/wish-marks-sync'
import { buttonClass } from '@/components/ui/button-class'
import { Container } from '@/components/ui/container'
import { PageHeading } from '@/components/ui/heading'
import { Picture } from '@/components/ui/picture'
import { Price } from '@/components/ui/price'
import { PlainLink } from '@/components/ui/plain-link'
import type { ProductCard } from '@/lib/domain/catalog'
import { MARKED_WISHES_MAX } from '@/lib/domain/member'
import { memberDatabase } from '@/lib/members/member-services'
import { getWishList } from '@/lib/members/wish-list'
import { getCurrentMember } from '@/lib/web/current-member'

import { AccountPage } from '../account/account-page'
import { removeFromWishList } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Wish list', robots: { index: false } }

export default async function WishListPage() {
  await connection()
  const member = await getCurrentMember()
  const { productIds, products } = await getWishList(memberDatabase())
  const list = (
    <>
      <WishMarksSync productIds={productIds.slice(0, MARKED_WISHES_MAX)} />
      <Wishes products={products} />
    </>
  )
  if (member) {
    return (
      <AccountPage here="/wish-list" title="Wish list" lead="The same on all your devices.">
        {list}
      </AccountPage>
    )
  }
  return (
    <Container width="column" className="pb-24">
      <PageHeading
        lead={
          <>
            Kept in this browser.{' '}
            <PlainLink href="/sign-in?to=/wish-list" className="text-link">
              Sign in
            </PlainLink>{' '}
            to have it everywhere.
          </>
        }
      >
        Wish list
      </PageHeading>
      {list}
    </Container>
  )
}

function Wishes({ products }: { products: readonly ProductCard[] }) {
  if (products.length === 0) {
    return (
      <div className="border-t border-rule pt-8">
        <p className="max-w-[32rem] text-lg">Nothing here yet. Each work has a button for it, below the cart’s.</p>
        <div className="mt-6">
          <PlainLink href="/" className={buttonClass('primary')}>
            Look at the new works
          </PlainLink>
        </div>
      </div>
    )
  }
  return (
    <ul className="divide-y divide-rule border-y border-rule">
      {products.map((product) => (
        <li key={product.slug} className="flex gap-4 py-5 sm:gap-6">
          <div className="w-20 shrink-0 self-start bg-wash sm:w-24">
            {product.picture ? <Picture picture={product.picture} sizes="96px" alt="" /> : null}
          </div>
          <div className="min-w-0 flex-1">
            <h2 className="text-lg leading-snug">
              <PlainLink href={`/products/${product.slug}`} className="hover:underline">
                {product.name}
              </PlainLink>
            </h2>
            <p className="text-sm text-ink-soft">{product.subtitle}</p>
            <p className="mt-1 text-base">
              {product.soldOut ? 'Sold out' : <Price money={product.fromPrice} from={product.priceVaries} />}
            </p>
            <ButtonForm action={removeFromWishList} hidden={{ product: product.slug }} pending="Removing…">
              Remove<span className="sr-only"> {product.name}</span>
            </ButtonForm>
          </div>
        </li>
      ))}
    </ul>
  )
}
