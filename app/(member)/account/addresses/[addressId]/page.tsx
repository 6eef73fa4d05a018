import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { z } from 'zod'

import { AddressForm } from '@/components/checkout/address-form'
import { getAddress } from '@/lib/members/address-book'
import { memberDatabase } from '@/lib/members/member-services'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireMember } from '@/lib/web/current-member'

import { listCountryFields } from '../../../../(shop)/checkout/country-fields'
import { AccountPage, type Asked } from '../../account-page'
import { saveChangedAddress } from '../actions'

export const instant = false
export const metadata: Metadata = { title: 'Edit an address', robots: { index: false } }

export default async function EditAddressPage({
  params,
  searchParams,
}: {
  params: Promise<{ addressId: string }>
  searchParams: Asked
}) {
  await connection()
  const id = z.uuid().safeParse((await params).addressId)
  const asked = await searchParams
  const member = await requireMember('/account/addresses')
  const address = id.success ? await getAddress(memberDatabase(), member, id.data) : null
  if (!address) notFound()
  const { id: addressId, isDefault: _, ...saved } = address
  return (
    <AccountPage here="/account/addresses" title="Edit an address">
      <AddressForm
        action={saveChangedAddress.bind(null, addressId)}
        refused={await readRefusedForm('address', asked['refused'])}
        saved={saved}
        countries={await listCountryFields()}
        submit="Save the address"
      />
    </AccountPage>
  )
}
