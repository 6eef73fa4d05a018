import type { ExperienceContext, PurchaseUnit } from '../paypal-shapes'
import { detail, refuse, type Detail, type Refusal } from '../refusals'
import { checkAmounts } from './check-amounts'
import { checkOrderFields, checkPurchaseUnitFields } from './check-fields'
import { createFieldChecks, isObject } from './field-checks'

export type ValidOrder = {
  intent: 'CAPTURE' | 'AUTHORIZE'
  hasPaymentSource: boolean
  experience: ExperienceContext
  purchaseUnits: PurchaseUnit[]
}

export type OrderCheck = { kind: 'valid'; order: ValidOrder } | { kind: 'refused'; refusal: Refusal }

/** Applies PayPal's rules to a create-order body. Shape errors (400) come before business rules (422). */
export function validateOrder(body: unknown, merchantId: string): OrderCheck {
  if (!isObject(body)) return refused([detail('MALFORMED_REQUEST_JSON', { location: 'body' })])!
  const checks = createFieldChecks()
  checkOrderFields(checks, body)
  const malformed = refused(checks.problems)
  if (malformed !== null) return malformed

  const order = readOrder(body as RawOrder, merchantId)
  const problems = checkAmounts(order.purchaseUnits)
  if (order.intent === 'AUTHORIZE' && order.purchaseUnits.length > 1)
    problems.push(detail('UNSUPPORTED_INTENT', { field: '/intent', location: 'body' }))
  return refused(problems) ?? { kind: 'valid', order }
}

/** The same rules for the purchase units that a PATCH leaves behind. */
export function validatePurchaseUnits(units: readonly PurchaseUnit[]): Refusal | null {
  const checks = createFieldChecks()
  units.forEach((unit, index) => checkPurchaseUnitFields(checks, unit, `/purchase_units/${index}`))
  const result = refused(checks.problems) ?? refused(checkAmounts(units))
  return result === null ? null : result.refusal
}

function refused(problems: readonly Detail[]): { kind: 'refused'; refusal: Refusal } | null {
  const [first, ...others] = problems
  return first === undefined ? null : { kind: 'refused', refusal: refuse(first, ...others) }
}

type RawOrder = {
  intent: 'CAPTURE' | 'AUTHORIZE'
  purchase_units: (Omit<PurchaseUnit, 'reference_id' | 'payee'> &
    Partial<Pick<PurchaseUnit, 'reference_id' | 'payee'>>)[]
  payment_source?: { paypal?: { experience_context?: ExperienceContext } }
  application_context?: ExperienceContext
}

function readOrder(body: RawOrder, merchantId: string): ValidOrder {
  return {
    intent: body.intent,
    hasPaymentSource: body.payment_source !== undefined,
    experience: body.payment_source?.paypal?.experience_context ?? body.application_context ?? {},
    purchaseUnits: body.purchase_units.map((unit) => ({
      ...unit,
      reference_id: unit.reference_id ?? 'default',
      payee: { merchant_id: merchantId, ...unit.payee },
    })),
  }
}
