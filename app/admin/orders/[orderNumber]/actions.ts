'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { parseAddress } from '@/lib/domain/address'
import { CARRIERS, type ParcelItem } from '@/lib/domain/fulfilment'
import { oneLine } from '@/lib/domain/one-line'
import { readNote, REASON_MAX } from '@/lib/domain/order-event'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { correctParcel, retellParcel } from '@/lib/fulfilment/correct-parcel'
import { editAddress, getOrderCountry } from '@/lib/fulfilment/edit-address'
import { holdOrder, releaseOrder } from '@/lib/fulfilment/hold-order'
import { stepOrder } from '@/lib/fulfilment/move-order'
import { noteOrder } from '@/lib/fulfilment/note-order'
import { resendMail } from '@/lib/fulfilment/resend-mail'
import { shipOrder } from '@/lib/fulfilment/ship-order'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { refusalText } from './order-texts'
import { QUANTITY, readQuantities } from './quantities'

const EventId = z.coerce.number().int().min(0).catch(0)
const Step = z.enum(['start', 'reopen', 'end', 'deliver'])
const line = (value: string, max: number) => oneLine(value).trim().slice(0, max)

/** Which order the form is of, and which of its events its page had shown. */
function readAct(formData: FormData) {
  const { orderNumber: typed, seenEventId } = readFields(formData, ['orderNumber', 'seenEventId'])
  const orderNumber = parseOrderNumber(typed) ?? ''
  return { orderNumber, seenEventId: EventId.parse(seenEventId), path: `/admin/orders/${orderNumber}` }
}

export async function takeStep(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  return atAdminDoor('step', 'orders.fulfil', path, async (admin, refuse) => {
    const step = Step.safeParse(formData.get('step'))
    if (!step.success) return refuse({ form: 'Choose what to do with the order.' })
    const outcome = await stepOrder(adminDatabase(), admin, step.data, act)
    return outcome.kind === 'done' ? leaveForm(`${path}?done=${step.data}`) : refuse({ form: refusalText(outcome) })
  })
}

export async function sendParcel(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const fields = readFields(formData, ['carrier', 'trackingNumber', 'shipmentId'])
  const values = { carrier: fields.carrier, trackingNumber: fields.trackingNumber, ...readQuantities(formData) }
  return atAdminDoor('ship', 'orders.fulfil', { path, values }, async (admin, refuse) => {
    const carrier = line(fields.carrier, 80)
    const trackingNumber = line(fields.trackingNumber, 64)
    const shipmentId = z.uuid().safeParse(fields.shipmentId)
    if (carrier === '')
      return refuse({ carrier: `Who carries it? ${CARRIERS.map(({ name }) => name).join(', ')}, or another.` }, values)
    if (!shipmentId.success) return refuse({ form: 'Reload the page and try again.' }, values)
    const items = toParcel(readQuantities(formData))
    if (items === null) return refuse({ form: 'Quantities are whole numbers.' }, values)
    const parcel = { ...act, shipmentId: shipmentId.data, carrier, trackingNumber: trackingNumber || null, items }
    const outcome = await shipOrder(adminDatabase(), admin, parcel)
    return outcome.kind === 'done' ? leaveForm(`${path}?done=shipped`) : refuse({ form: refusalText(outcome) }, values)
  })
}

/** No id is no parcel's, as a foreign one is not this order's. */
const NO_PARCEL = '00000000-0000-0000-0000-000000000000'

export async function putParcelRight(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const { shipmentId: sent, ...values } = readFields(formData, ['shipmentId', 'carrier', 'trackingNumber'])
  const shipmentId = z.uuid().catch(NO_PARCEL).parse(sent)
  return atAdminDoor(`correct-${shipmentId}`, 'orders.fulfil', { path, values }, async (admin, refuse) => {
    const carrier = line(values.carrier, 80)
    const trackingNumber = line(values.trackingNumber, 64)
    if (carrier === '') return refuse({ carrier: 'Who carries it?' }, values)
    if (trackingNumber === '') return refuse({ trackingNumber: 'Which number is the right one?' }, values)
    const outcome = await correctParcel(adminDatabase(), admin, { ...act, shipmentId, carrier, trackingNumber })
    return outcome.kind === 'done'
      ? leaveForm(`${path}?done=corrected`)
      : refuse({ form: refusalText(outcome) }, values)
  })
}

export async function tellPayPalAgain(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const shipmentId = z.uuid().catch(NO_PARCEL).parse(formData.get('shipmentId'))
  return atAdminDoor(`retell-${shipmentId}`, 'orders.fulfil', path, async (admin, refuse) => {
    const outcome = await retellParcel(adminDatabase(), admin, { ...act, shipmentId })
    return outcome.kind === 'done' ? leaveForm(`${path}?done=told_again`) : refuse({ form: refusalText(outcome) })
  })
}

function toParcel(quantities: Record<string, string>): ParcelItem[] | null {
  const items = Object.entries(quantities).map(([name, value]) => ({
    position: Number(QUANTITY.exec(name)?.[1]),
    quantity: value.trim() === '' ? 0 : Number(value),
  }))
  return items.every(({ quantity }) => Number.isInteger(quantity) && quantity >= 0) ? items : null
}

export async function writeNote(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, orderNumber } = readAct(formData)
  const { text, problem } = readNote(formData.get('text'))
  return atAdminDoor('note', 'orders.edit', { path, values: { text } }, async (admin, refuse) => {
    if (problem !== null) return refuse({ text: problem }, { text })
    const outcome = await noteOrder(adminDatabase(), admin, { orderNumber, text })
    return outcome.kind === 'done' ? leaveForm(`${path}?done=noted`) : refuse({ form: refusalText(outcome) }, { text })
  })
}

export async function sendMailAgain(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const { mail } = readFields(formData, ['mail'])
  return atAdminDoor('mail', 'orders.edit', { path, values: { mail } }, async (admin, refuse) => {
    const outcome = await resendMail(adminDatabase(), admin, { ...act, first: mail })
    return outcome.kind === 'done' ? leaveForm(`${path}?done=mailed`) : refuse({ form: refusalText(outcome) }, { mail })
  })
}

export async function hold(_previous: FormState, formData: FormData): Promise<FormState> {
  return holdOrRelease('hold', formData)
}

export async function release(_previous: FormState, formData: FormData): Promise<FormState> {
  return holdOrRelease('release', formData)
}

async function holdOrRelease(which: 'hold' | 'release', formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const { reason: typed } = readFields(formData, ['reason'])
  return atAdminDoor(which, 'orders.edit', { path, values: { reason: typed } }, async (admin, refuse) => {
    const reason = line(typed, REASON_MAX)
    if (reason === '') return refuse({ reason: 'Say why, for whoever comes after you.' })
    const verb = which === 'hold' ? holdOrder : releaseOrder
    const outcome = await verb(adminDatabase(), admin, { ...act, reason })
    const done = which === 'hold' ? 'held' : 'released'
    return outcome.kind === 'done'
      ? leaveForm(`${path}?done=${done}`)
      : refuse({ form: refusalText(outcome) }, { reason: typed })
  })
}

const ADDRESS = ['name', 'line1', 'line2', 'city', 'region', 'postalCode'] as const

export async function changeAddress(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const values = readFields(formData, ADDRESS)
  return atAdminDoor('address', 'orders.edit', { path, values }, async (admin, refuse) => {
    const country = await getOrderCountry(adminDatabase(), admin, act.orderNumber)
    if (country === null) return refuse({ form: refusalText({ kind: 'not_found' }) }, values)
    // Whether the shop still delivers there is not asked: this order is paid for.
    const parsed = parseAddress({ ...values, country })
    if (parsed.kind === 'invalid') {
      const { country: form, ...errors } = parsed.errors
      return refuse(form === undefined ? errors : { ...errors, form }, values)
    }
    const outcome = await editAddress(adminDatabase(), admin, { ...act, address: parsed.address })
    return outcome.kind === 'done' ? leaveForm(`${path}?done=address`) : refuse({ form: refusalText(outcome) }, values)
  })
}
