import type { Metadata } from 'next'
import { connection } from 'next/server'

import { ButtonForm } from '@/components/members/button-form'
import { FieldsForm } from '@/components/members/fields-form'
import { buttonClass } from '@/components/ui/button-class'
import { Notice } from '@/components/ui/notice'
import { PlainLink } from '@/components/ui/plain-link'
import { DELETION_COOLING_DAYS, DELETION_WAITS_FOR_ORDERS_DAYS } from '@/lib/domain/member'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireMember } from '@/lib/web/current-member'

import { AccountPage, Part, type Asked } from '../account-page'
import { deleteAccount, stay } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Your data', robots: { index: false } }

const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })
const DAY_MS = 24 * 60 * 60 * 1000

export default async function DataPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const member = await requireMember('/account/data')
  const { deletionRequestedAt: requested } = member
  return (
    <AccountPage here="/account/data" title="Your data" done={asked['done']}>
      <Part
        id="export"
        title="A copy of everything"
        lead="Account, addresses, orders, cart, wish list and devices, as a JSON file."
      >
        <PlainLink href="/account/export" download className={buttonClass('secondary')}>
          Download my data
        </PlainLink>
      </Part>
      <Part
        id="delete"
        title="Delete the account"
        lead={`It ends ${DELETION_COOLING_DAYS} days after you ask, and not before parcels of the last ${DELETION_WAITS_FOR_ORDERS_DAYS} days have arrived. The law makes us keep what was sold and for how much; your name and addresses are erased from it.`}
      >
        {requested ? (
          <div className="space-y-4">
            <Notice
              tone="warning"
              title={`Not before ${DATE.format(requested.getTime() + DELETION_COOLING_DAYS * DAY_MS)}`}
            >
              Until then everything works as before.
            </Notice>
            <ButtonForm action={stay} look="primary" pending="Keeping it…">
              Keep my account
            </ButtonForm>
          </div>
        ) : (
          <FieldsForm
            id="delete"
            action={deleteAccount}
            refused={await readRefusedForm('delete', asked['refused'])}
            fields={[
              {
                kind: 'email',
                name: 'email',
                label: `Type ${member.email} to confirm`,
                autoComplete: 'off',
              },
            ]}
            submit="Delete my account"
            pending="Asking…"
            look="secondary"
          />
        )}
      </Part>
    </AccountPage>
  )
}
