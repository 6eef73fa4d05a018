'use server'

import { parseOrderNumber } from '@/lib/domain/order-number'
import { memberDatabase } from '@/lib/members/member-services'
import { parseEmail, slowMailText } from '@/lib/members/read-form'
import { lookUpOrder } from '@/lib/orders/look-up-order'
import { leaveForm, readFields, refuseForm, type FormState } from '@/lib/web/answer-form'
import { readCallerNetwork } from '@/lib/web/caller-network'
import { FOREIGN, isOwnForm } from '@/lib/web/own-form'

export async function findOrderByMail(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['orderNumber', 'email'])
  const refuse = (errors: FormState['errors']) => refuseForm('find', '/find-order', { errors, values })
  if (!(await isOwnForm())) return refuse({ form: FOREIGN })
  const parsed = parseEmail(values.email)
  const errors: Record<string, string> = {}
  // The check digit knows a slip without asking anybody: saying so tells nothing about orders.
  if (!parseOrderNumber(values.orderNumber))
    errors['orderNumber'] = 'Order numbers look like 7K4MQ-2XTVH. Check for a slip.'
  if (parsed.kind === 'invalid') errors['email'] = parsed.message
  if (parsed.kind === 'invalid' || Object.keys(errors).length > 0) return refuse(errors)
  const caller = { network: await readCallerNetwork() }
  const outcome = await lookUpOrder(memberDatabase(), { ...values, email: parsed.email, caller })
  if (outcome.kind === 'slow_down') return refuse({ form: slowMailText(outcome.retryAfterSeconds) })
  return leaveForm('/find-order/sent')
}
