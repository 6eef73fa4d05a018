'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { Condition, RETURN_ANSWER_MAX, type ReceivedLine } from '@/lib/domain/return'
import { approveReturn, refuseReturn } from '@/lib/returns/answer-return'
import { receiveReturn } from '@/lib/returns/receive-return'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { refusalText } from '../../orders/[orderNumber]/order-texts'
import { QUANTITY, readQuantities } from '../../orders/[orderNumber]/quantities'

const Id = z.uuid()

/** Which return the form is of, and which of its order's events its page had shown. */
function readAct(formData: FormData) {
  const fields = readFields(formData, ['returnId', 'orderNumber', 'seenEventId'])
  // No id finds nothing, as a foreign one does.
  const returnId = Id.safeParse(fields.returnId).data ?? '00000000-0000-0000-0000-000000000000'
  return {
    returnId,
    orderNumber: parseOrderNumber(fields.orderNumber) ?? '',
    seenEventId: z.coerce.number().int().min(0).catch(0).parse(fields.seenEventId),
    path: `/admin/returns/${returnId}`,
  }
}

export async function approve(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const { answer } = readFields(formData, ['answer'])
  return atAdminDoor('approve', 'orders.edit', { path, values: { answer } }, async (admin, say) => {
    if (answer.length > RETURN_ANSWER_MAX) return say({ answer: tooLong() }, { answer })
    const outcome = await approveReturn(adminDatabase(), admin, { ...act, answer: answer.trim() })
    return outcome.kind === 'done'
      ? leaveForm(`${path}?done=approved`)
      : say({ form: refusalText(outcome) }, { answer })
  })
}

export async function refuse(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const { answer } = readFields(formData, ['answer'])
  return atAdminDoor('refuse', 'orders.edit', { path, values: { answer } }, async (admin, say) => {
    if (answer.trim() === '') return say({ answer: 'Tell the buyer why.' })
    if (answer.length > RETURN_ANSWER_MAX) return say({ answer: tooLong() }, { answer })
    const outcome = await refuseReturn(adminDatabase(), admin, { ...act, answer: answer.trim() })
    return outcome.kind === 'done' ? leaveForm(`${path}?done=refused`) : say({ form: refusalText(outcome) }, { answer })
  })
}

function tooLong(): string {
  return `Keep it under ${RETURN_ANSWER_MAX} characters.`
}

export async function receive(_previous: FormState, formData: FormData): Promise<FormState> {
  const { path, ...act } = readAct(formData)
  const typed = readQuantities(formData)
  return atAdminDoor('receive', 'orders.fulfil', { path, values: typed }, async (admin, say) => {
    const found = Object.entries(typed).map(([name, quantity]) => readLine(formData, name, quantity))
    if (!found.every((line) => line !== null)) return say({ form: 'Quantities are whole numbers.' }, typed)
    const outcome = await receiveReturn(adminDatabase(), admin, { ...act, found })
    return outcome.kind === 'done' ? leaveForm(`${path}?done=received`) : say({ form: refusalText(outcome) }, typed)
  })
}

function readLine(formData: FormData, name: string, typed: string): ReceivedLine | null {
  const position = Number(QUANTITY.exec(name)?.[1])
  const quantity = Number(typed.trim() || '0')
  const condition = Condition.safeParse(formData.get(`condition.${position}`))
  if (!Number.isInteger(quantity) || quantity < 0 || !condition.success) return null
  return { position, quantity, condition: condition.data, restock: formData.get(`restock.${position}`) === '1' }
}
