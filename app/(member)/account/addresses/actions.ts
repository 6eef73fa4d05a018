'use server'

import { notFound } from 'next/navigation'
import { z } from 'zod'

import { parseAddressForm } from '@/lib/checkout/save-details'
import { addAddress, changeAddress, chooseDefaultAddress, removeAddress } from '@/lib/members/address-book'
import { memberDatabase } from '@/lib/members/member-services'
import { isRedrawAsked, leaveForm, readFields, type FormState } from '@/lib/web/answer-form'

import { atMemberButton, atMemberDoor } from '../member-door'

const FIELDS = ['name', 'line1', 'line2', 'city', 'region', 'postalCode', 'country'] as const
const BOOK = '/account/addresses'
const Id = z.uuid()

export async function saveNewAddress(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, FIELDS)
  return atMemberDoor('address', BOOK, async (member, refuse) => {
    if (isRedrawAsked(formData)) return refuse({}, values)
    const parsed = await parseAddressForm(values)
    if (parsed.kind === 'invalid') return refuse(parsed.errors, values)
    const { kind } = await addAddress(memberDatabase(), member, parsed.address)
    if (kind === 'full') return refuse({ name: 'Your address book is full. Remove an address first.' }, values)
    return leaveForm(`${BOOK}?done=address`)
  })
}

/** `addressId` is bound by the page and checked here: it comes back from the browser. */
export async function saveChangedAddress(
  addressId: string,
  _previous: FormState,
  formData: FormData,
): Promise<FormState> {
  const id = Id.safeParse(addressId)
  if (!id.success) notFound()
  const values = readFields(formData, FIELDS)
  return atMemberDoor('address', `${BOOK}/${id.data}`, async (member, refuse) => {
    if (isRedrawAsked(formData)) return refuse({}, values)
    const parsed = await parseAddressForm(values)
    if (parsed.kind === 'invalid') return refuse(parsed.errors, values)
    const { kind } = await changeAddress(memberDatabase(), member, id.data, parsed.address)
    if (kind === 'not_found') notFound()
    return leaveForm(`${BOOK}?done=address`)
  })
}

export async function makeDefault(formData: FormData): Promise<void> {
  const id = Id.safeParse(readFields(formData, ['addressId']).addressId)
  await atMemberButton(BOOK, async (member) => {
    const outcome = id.success ? await chooseDefaultAddress(memberDatabase(), member, id.data) : null
    if (outcome?.kind !== 'saved') notFound()
    return `${BOOK}?done=address`
  })
}

export async function dropAddress(formData: FormData): Promise<void> {
  const id = Id.safeParse(readFields(formData, ['addressId']).addressId)
  await atMemberButton(BOOK, async (member) => {
    const outcome = id.success ? await removeAddress(memberDatabase(), member, id.data) : null
    if (outcome?.kind !== 'removed') notFound()
    return `${BOOK}?done=address_gone`
  })
}
