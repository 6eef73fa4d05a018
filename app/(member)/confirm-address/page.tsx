import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FieldsForm } from '@/components/members/fields-form'
import { Notice } from '@/components/ui/notice'
import { PlainLink } from '@/components/ui/plain-link'
import { readEmailChange } from '@/lib/members/change-email'
import { memberDatabase } from '@/lib/members/member-services'
import { readRefusedForm } from '@/lib/web/answer-form'
import { getCurrentMember, signInPath } from '@/lib/web/current-member'

import { LinkOver, MemberPage, type Asked } from '../member-page'
import { confirmNewAddress } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Confirm your address', robots: { index: false }, referrer: 'same-origin' }

export default async function ConfirmAddressPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const token = typeof asked['token'] === 'string' ? asked['token'] : ''
  const change = await readEmailChange(memberDatabase(), token, await getCurrentMember())
  if (!change) {
    return (
      <MemberPage title="Confirm your address">
        {asked['changed'] === '1' ? (
          <Notice tone="positive" title="Your address is changed">
            From now on you sign in with the new one.{' '}
            <PlainLink href="/account/profile" className="text-link">
              To your profile
            </PlainLink>
          </Notice>
        ) : (
          <LinkOver>
            It has been used, an hour has passed, or the address has an account of its own.{' '}
            <PlainLink href="/account/profile" className="text-link">
              To your profile
            </PlainLink>
          </LinkOver>
        )}
      </MemberPage>
    )
  }
  if (change.kind === 'sign_in_first') {
    return (
      <MemberPage title="Confirm your address">
        <Notice tone="warning" title="Sign in to the account that asked">
          The account with {change.account} asks to use {change.email}. If that is your account,{' '}
          <PlainLink href={signInPath(`/confirm-address?token=${token}`)} className="text-link">
            sign in to it
          </PlainLink>{' '}
          and you come back here to confirm. If it is not, leave this page: your address stays yours.
        </Notice>
      </MemberPage>
    )
  }
  return (
    <MemberPage title="Confirm your address" lead={`${change.email} becomes the address of your account.`}>
      <FieldsForm
        id="confirm"
        action={confirmNewAddress}
        refused={await readRefusedForm('confirm', asked['refused'])}
        hidden={{ token }}
        fields={[]}
        submit="Confirm the address"
        pending="Confirming…"
      />
    </MemberPage>
  )
}
