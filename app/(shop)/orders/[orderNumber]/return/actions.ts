'use server'

import { z } from 'zod'

import { RETURN_NOTE_MAX, RETURN_WINDOW_DAYS, ReturnReason, type ReturnLine } from '@/lib/domain/return'
import { memberDatabase } from '@/lib/members/member-services'
import { askForReturn, type AskOutcome } from '@/lib/returns/ask-for-return'
import { leaveForm, readFields, refuseForm, type FormState } from '@/lib/web/answer-form'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'
import { readReceiptRequest } from '@/lib/web/receipt-request'

const QUANTITY = /^quantity\.(\d{1,3})$/
const LINES_MAX = 100

const Asked = z.object({
  returnId: z.uuid('Reload the page and try again.'),
  reason: z.enum(ReturnReason.options, 'Choose why.'),
  note: z.string().trim().max(RETURN_NOTE_MAX, `Keep it under ${RETURN_NOTE_MAX} characters.`),
})

/** Asked by whoever may read the receipt: a member, the browser that paid, or a link's holder. */
export async function askToReturn(_previous: FormState, formData: FormData): Promise<FormState> {
  const fields = readFields(formData, ['orderNumber', 'key', 'returnId', 'reason', 'note'])
  const quantities = readQuantities(formData)
  const values = { ...quantities, reason: fields.reason, note: fields.note }
  const query = fields.key ? `?key=${encodeURIComponent(fields.key)}` : ''
  const path = `/orders/${encodeURIComponent(fields.orderNumber)}`
  const refuse = (errors: FormState['errors']) => refuseForm('return', `${path}/return${query}`, { errors, values })
  if (!(await isOwnForm())) return refuse({ form: FOREIGN })
  const asked = Asked.safeParse(fields)
  const lines = toLines(quantities)
  if (!asked.success || lines === null) {
    const problems = asked.success ? [] : asked.error.issues.map(({ path: [field], message }) => [field, message])
    const errors = Object.fromEntries(problems) as Record<string, string>
    return refuse({ ...errors, ...(lines === null ? { form: 'Quantities are whole numbers.' } : {}) })
  }
  const request = await readReceiptRequest(fields.orderNumber, fields.key)
  const outcome = await askForReturn(memberDatabase(), request, { ...asked.data, lines })
  if (outcome.kind !== 'asked') return refuse({ form: problemText(outcome) })
  return leaveForm(`${path}${query}${query ? '&' : '?'}asked=return`)
}

function readQuantities(formData: FormData): Record<string, string> {
  const found = [...formData].flatMap(([name, value]) =>
    QUANTITY.test(name) && typeof value === 'string' ? [[name, value.slice(0, 6)] as const] : [],
  )
  return Object.fromEntries(found.slice(0, LINES_MAX))
}

function toLines(quantities: Readonly<Record<string, string>>): ReturnLine[] | null {
  const lines = Object.entries(quantities).map(([name, typed]) => ({
    position: Number(QUANTITY.exec(name)?.[1]),
    quantity: Number(typed.trim() || '0'),
  }))
  return lines.every(({ quantity }) => Number.isInteger(quantity) && quantity >= 0) ? lines : null
}

function problemText(outcome: Exclude<AskOutcome, { kind: 'asked' }>): string {
  switch (outcome.kind) {
    case 'not_found':
      return 'This order is not open here any more. Open it again from your mail or your account.'
    case 'nothing':
      return 'Say how many pieces of what you want to send back.'
    case 'not_sent':
      return 'Nothing of this order has left yet. If you have changed your mind, write to us.'
    case 'too_late':
      return `More than ${RETURN_WINDOW_DAYS} days have passed since it arrived. Write to us if something is wrong with it.`
    case 'too_often':
      return 'You have asked for this order often. Please write to us instead.'
    case 'too_many':
      return outcome.left === 0
        ? 'One of these pieces comes back already.'
        : `Of one of these items only ${outcome.left} can still be sent back.`
  }
}
