'use server'

import { z } from 'zod'

import { decideAsAdmin } from '@/lib/admin/payments-desk'
import { oneLine } from '@/lib/domain/one-line'
import { parseOrderNumber } from '@/lib/domain/order-number'
import { DECISION_RESOLUTIONS, type Decision } from '@/lib/domain/payment-incident'
import { getPaymentServices } from '@/lib/payments/payment-services'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { problemText } from './payment-texts'

const PAYMENTS = '/admin/payments'
const Input = z.object({
  incidentId: z.uuid(),
  shownFacts: z.string().max(64),
  decision: z.enum(Object.keys(DECISION_RESOLUTIONS) as [Decision, ...Decision[]]),
})

export async function decide(_previous: FormState, formData: FormData): Promise<FormState> {
  const fields = readFields(formData, ['incidentId', 'shownFacts', 'decision', 'orderNumber', 'note'])
  const { incidentId: id, shownFacts: _shown, ...values } = fields
  return atAdminDoor(
    `incident-${id.slice(0, 36)}`,
    'payments.decide',
    { path: PAYMENTS, values },
    async (admin, refuse) => {
      const input = Input.safeParse(fields)
      if (!input.success) return refuse({ form: 'Choose what is to be done.' }, values)
      const orderNumber = parseOrderNumber(fields.orderNumber)
      if (fields.decision === 'link' && orderNumber === null) {
        return refuse({ orderNumber: 'Write the number of the order, such as 7K4MQ-2XTVH.' }, values)
      }
      const outcome = await decideAsAdmin(getPaymentServices(), admin, {
        ...input.data,
        note: oneLine(fields.note).slice(0, 500),
        ...(orderNumber === null ? {} : { orderNumber }),
      })
      if (outcome.kind === 'decided') return leaveForm(`${PAYMENTS}?done=decided`)
      if (outcome.kind === 'already_decided') return leaveForm(`${PAYMENTS}?done=over`)
      const problem = problemText(outcome)
      const isReason = outcome.kind === 'not_possible' && outcome.why === 'reason_missing'
      return refuse(isReason ? { note: problem } : { form: problem }, values)
    },
  )
}
