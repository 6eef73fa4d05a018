import type { Metadata } from 'next'
import { connection } from 'next/server'

import { AddressForm } from '@/components/checkout/address-form'
import { ButtonForm } from '@/components/members/button-form'
import { PlainLink } from '@/components/ui/plain-link'
import { addressLines } from '@/lib/domain/address'
import { getAddresses } from '@/lib/members/address-book'
import { memberDatabase } from '@/lib/members/member-services'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireMember } from '@/lib/web/current-member'

import { listCountryFields } from '../../../(shop)/checkout/country-fields'
import { AccountPage, Part, type Asked } from '../account-page'
import { dropAddress, makeDefault, saveNewAddress } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Addresses', robots: { index: false } }

export default async function AddressesPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const member = await requireMember('/account/addresses')
  const addresses = await getAddresses(memberDatabase(), member)
  return (
    <AccountPage
      here="/account/addresses"
      title="Addresses"
      lead="At checkout one click fills them in; the default comes first."
      done={asked['done']}
    >
      {addresses.length > 0 ? (
        <ul className="divide-y divide-rule border-t border-rule">
          {addresses.map((address) => (
            <li key={address.id} className="py-5">
              <address className="text-base not-italic">
                {addressLines(address).map((line, index) => (
                  <span key={index} className="block break-words">
                    {line}
                  </span>
                ))}
              </address>
              <div className="mt-2 flex flex-wrap items-center gap-x-4">
                {address.isDefault ? (
                  <span className="text-sm text-positive">✓ Default</span>
                ) : (
                  <ButtonForm action={makeDefault} hidden={{ addressId: address.id }} pending="Saving…">
                    Make it the default<span className="sr-only">: {address.line1}</span>
                  </ButtonForm>
                )}
                <PlainLink
                  href={`/account/addresses/${address.id}`}
                  className="inline-flex min-h-11 items-center text-sm text-ink-soft underline decoration-edge underline-offset-4 hover:text-ink"
                >
                  Edit<span className="sr-only"> {address.line1}</span>
                </PlainLink>
                <ButtonForm action={dropAddress} hidden={{ addressId: address.id }} pending="Removing…">
                  Remove<span className="sr-only"> {address.line1}</span>
                </ButtonForm>
              </div>
            </li>
          ))}
        </ul>
      ) : null}
      <Part id="new" title="Another address">
        <AddressForm
          action={saveNewAddress}
          refused={await readRefusedForm('address', asked['refused'])}
          saved={{ country: 'US', name: member.name }}
          countries={await listCountryFields()}
          submit="Save the address"
        />
      </Part>
    </AccountPage>
  )
}
