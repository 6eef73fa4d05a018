import type { Metadata } from 'next'
import { connection } from 'next/server'

import { OrderList } from '@/components/members/order-list'
import { Notice } from '@/components/ui/notice'
import { PlainLink } from '@/components/ui/plain-link'
import { DELETION_COOLING_DAYS } from '@/lib/domain/member'
import { memberDatabase } from '@/lib/members/member-services'
import { getOwnOrders } from '@/lib/members/own-orders'
import { requireMember } from '@/lib/web/current-member'
import { readMergeNote } from '@/lib/web/merge-note-cookie'

import { AccountPage, Part, type Asked } from './account-page'

export const instant = false
export const metadata: Metadata = { title: 'Account', robots: { index: false } }

export default async function OverviewPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const { done } = await searchParams
  const member = await requireMember('/account')
  const { orders } = await getOwnOrders(memberDatabase(), member, 1)
  return (
    <AccountPage
      here="/account"
      title={member.name ? `Good to see you, ${member.name}` : 'Good to see you'}
      lead={`Signed in as ${member.email}.`}
      done={done}
    >
      <div className="space-y-6">
        {member.deletionRequestedAt ? (
          <Notice tone="warning" title="This account is going to be deleted">
            {DELETION_COOLING_DAYS} days after you asked for it, and once your parcels have arrived.{' '}
            <PlainLink href="/account/data" className="text-link">
              Keep it instead
            </PlainLink>
          </Notice>
        ) : null}
        {(await readMergeNote()) ? (
          <Notice title="Your two carts are one now">
            <PlainLink href="/cart" className="text-link">
              See what changed
            </PlainLink>
          </Notice>
        ) : null}
        <Part id="recent" title="Latest orders">
          <OrderList orders={orders.slice(0, 3)} />
          {orders.length > 3 ? (
            <p className="mt-4">
              <PlainLink href="/account/orders" className="text-link">
                All orders
              </PlainLink>
            </p>
          ) : null}
        </Part>
      </div>
    </AccountPage>
  )
}
