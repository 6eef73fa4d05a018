import type { Metadata } from 'next'
import { connection } from 'next/server'

import { OrderList } from '@/components/members/order-list'
import { PlainLink } from '@/components/ui/plain-link'
import { memberDatabase } from '@/lib/members/member-services'
import { getOwnOrders } from '@/lib/members/own-orders'
import { requireMember } from '@/lib/web/current-member'

import { AccountPage, type Asked } from '../account-page'

export const instant = false
export const metadata: Metadata = { title: 'Orders', robots: { index: false } }

export default async function OrdersPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const member = await requireMember('/account/orders')
  const page = pageNumber(asked['page'])
  const { orders, pages } = await getOwnOrders(memberDatabase(), member, page)
  return (
    <AccountPage here="/account/orders" title="Orders">
      <OrderList orders={orders} />
      {pages > 1 ? (
        <nav aria-label="Pages" className="mt-6 flex flex-wrap gap-4">
          {Array.from({ length: pages }, (_, index) => index + 1).map((number) => (
            <PlainLink
              key={number}
              href={`/account/orders?page=${number}`}
              aria-current={number === page ? 'page' : undefined}
              className="num inline-flex min-h-11 min-w-11 items-center justify-center underline underline-offset-4 aria-[current]:font-medium aria-[current]:no-underline"
            >
              {number}
            </PlainLink>
          ))}
        </nav>
      ) : null}
    </AccountPage>
  )
}

function pageNumber(asked: unknown): number {
  return typeof asked === 'string' && /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1
}
