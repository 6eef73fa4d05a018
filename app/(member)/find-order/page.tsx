import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FieldsForm } from '@/components/members/fields-form'
import { RECEIPT_LINK_DAYS } from '@/lib/domain/order'
import { readRefusedForm } from '@/lib/web/answer-form'

import { LinkOver, MemberPage, type Asked } from '../member-page'
import { findOrderByMail } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Find an order', robots: { index: false } }

export default async function FindOrderPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  return (
    <MemberPage title="Find an order" lead="Without an account: we mail you a link to the order’s page.">
      {asked['link'] === 'over' ? (
        <div className="mb-8">
          <LinkOver>
            A link to an order works for {RECEIPT_LINK_DAYS} days, and only when it is copied whole. We mail you a new
            one, to the address of the order.
          </LinkOver>
        </div>
      ) : null}
      <FieldsForm
        id="find"
        action={findOrderByMail}
        refused={await readRefusedForm('find', asked['refused'])}
        fields={[
          {
            kind: 'text',
            name: 'orderNumber',
            label: 'Order number',
            hint: 'Like 7K4MQ-2XTVH',
            maxLength: 20,
          },
          { kind: 'email', name: 'email', label: 'E-mail of the order', autoComplete: 'email' },
        ]}
        submit="Mail me a link"
        pending="Sending…"
      />
    </MemberPage>
  )
}
