'use server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { noteCustomer } from '@/lib/admin/customers/change-customer'
import { eraseCustomer } from '@/lib/admin/customers/erase-customer'
import { CUSTOMER_NOTE_MAX, customerPath, erasurePath, parseCustomer } from '@/lib/domain/customer'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { eraseRefusalText } from './customer-texts'

const CUSTOMERS = '/admin/customers'
const GONE = 'This customer is not there any more.'

export async function note(_previous: FormState, formData: FormData): Promise<FormState> {
  const customer = parseCustomer(readFields(formData, ['memberId', 'email']))
  const text = readFields(formData, ['text'], 5 * CUSTOMER_NOTE_MAX).text.trim()
  const path = customer ? customerPath(customer) : CUSTOMERS
  return atAdminDoor('note', 'customers.edit', { path, values: { text } }, async (admin, refuse) => {
    if (!customer) return refuse({ form: GONE }, { text })
    if (text === '') return refuse({ text: 'Write something first.' })
    if (text.length > CUSTOMER_NOTE_MAX)
      return refuse({ text: `Keep it under ${CUSTOMER_NOTE_MAX} characters.` }, { text })
    const { kind } = await noteCustomer(adminDatabase(), admin, { customer, text })
    return kind === 'noted' ? leaveForm(withDone(path, 'noted')) : refuse({ form: GONE }, { text })
  })
}

/** Takes the customer's address typed out in full: nobody does that by accident. */
export async function forget(_previous: FormState, formData: FormData): Promise<FormState> {
  const fields = readFields(formData, ['memberId', 'email', 'address', 'typed'])
  const customer = parseCustomer(fields)
  const path = customer ? erasurePath(customer) : CUSTOMERS
  return atAdminDoor('forget', 'customers.erase', { path, values: { typed: fields.typed } }, async (admin, refuse) => {
    const { typed } = fields
    if (!customer) return refuse({ form: GONE })
    if (typed.trim().toLowerCase() !== fields.address) {
      return refuse({ typed: 'Type the e-mail address as it stands above.' }, { typed })
    }
    const outcome = await eraseCustomer(adminDatabase(), admin, customer)
    if (outcome.kind !== 'erased') return refuse({ form: eraseRefusalText(outcome) }, { typed })
    return leaveForm(`${CUSTOMERS}?done=erased${customer.kind === 'guest' ? '&kind=guests' : ''}`)
  })
}

function withDone(path: string, done: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}done=${done}`
}
