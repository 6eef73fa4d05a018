import { refusedWith, type Outcome } from '../outcome'
import type { PurchaseUnit } from '../paypal-shapes'
import { detail, refuse, type Detail } from '../refusals'
import type { Simulator } from '../simulator'
import { isObject } from './field-checks'
import { findOrder, orderNotFound } from './order-operations'
import { validatePurchaseUnits } from './validate-order'

type PatchOperation = { op: 'add' | 'replace' | 'remove'; path: string; value?: unknown }

// The fields PayPal lets a shop change, and how (Orders v2 reference, "Update order").
const PATCHABLE: Record<string, readonly PatchOperation['op'][]> = {
  amount: ['replace'],
  items: ['replace', 'add', 'remove'],
  description: ['replace', 'add', 'remove'],
  custom_id: ['replace', 'add', 'remove'],
  invoice_id: ['replace', 'add', 'remove'],
  soft_descriptor: ['replace', 'remove'],
  'shipping/name': ['replace', 'add'],
  'shipping/address': ['replace', 'add'],
  'shipping/type': ['replace', 'add'],
  'payee/email_address': ['replace'],
}

/** Changes an order that is not captured yet, all operations or none. */
export function patchOrder(simulator: Simulator, id: string, body: unknown): Outcome {
  const order = findOrder(simulator, id)
  if (order === null) return orderNotFound(id)
  if (order.status === 'COMPLETED') return refusedWith(refuse(detail('ORDER_ALREADY_COMPLETED')))
  if (!Array.isArray(body) || body.length === 0)
    return refusedWith(refuse(detail('INVALID_PARAMETER_SYNTAX', { location: 'body' })))
  let units: PurchaseUnit[] = order.purchaseUnits
  for (const [index, candidate] of body.entries()) {
    const step = applyOperation(units, candidate, `/${index}`)
    if (step.kind === 'refused') return refusedWith(refuse(step.problem))
    units = step.units
  }
  const refusal = validatePurchaseUnits(units)
  if (refusal !== null) return refusedWith(refusal)
  return {
    kind: 'no_content',
    change: { orders: [{ ...order, purchaseUnits: units, updatedAt: simulator.clock.now() }] },
  }
}

type Step = { kind: 'applied'; units: PurchaseUnit[] } | { kind: 'refused'; problem: Detail }

function applyOperation(units: PurchaseUnit[], candidate: unknown, at: string): Step {
  const operation = readOperation(candidate, at)
  if ('issue' in operation) return { kind: 'refused', problem: operation }
  const no = (issue: Detail['issue']): Step => ({
    kind: 'refused',
    problem: detail(issue, { field: `${at}/path`, value: operation.path, location: 'body' }),
  })
  const match = /^\/purchase_units\/@reference_id=='([^']*)'\/(.+)$/.exec(operation.path)
  if (match === null)
    return no(operation.path.startsWith('/purchase_units') ? 'INVALID_JSON_POINTER_FORMAT' : 'FIELD_NOT_PATCHABLE')
  const [, reference, field = ''] = match
  const unit = units.find((candidateUnit) => candidateUnit.reference_id === reference)
  if (unit === undefined) return no('REFERENCE_ID_NOT_FOUND')
  const allowed = PATCHABLE[field]
  if (allowed === undefined) return no('FIELD_NOT_PATCHABLE')
  if (!allowed.includes(operation.op)) return no('INVALID_PATCH_OPERATION')
  const changed = withField(unit, field.split('/'), operation)
  return { kind: 'applied', units: units.map((each) => (each === unit ? changed : each)) }
}

function readOperation(candidate: unknown, at: string): PatchOperation | Detail {
  if (!isObject(candidate)) return detail('INVALID_PARAMETER_SYNTAX', { field: at, location: 'body' })
  const { op, path, value } = candidate
  if (op === undefined) return detail('MISSING_REQUIRED_PARAMETER', { field: `${at}/op`, location: 'body' })
  if (op !== 'add' && op !== 'replace' && op !== 'remove')
    return detail('INVALID_PARAMETER_VALUE', { field: `${at}/op`, location: 'body' })
  if (typeof path !== 'string') return detail('PATCH_PATH_REQUIRED', { field: `${at}/path`, location: 'body' })
  if (op !== 'remove' && value === undefined)
    return detail('PATCH_VALUE_REQUIRED', { field: `${at}/value`, location: 'body' })
  return { op, path, value }
}

function withField(unit: PurchaseUnit, keys: string[], operation: PatchOperation): PurchaseUnit {
  const copy: Record<string, unknown> = structuredClone(unit)
  const last = keys.at(-1) ?? ''
  let parent = copy
  for (const key of keys.slice(0, -1)) {
    const child = isObject(parent[key]) ? parent[key] : {}
    parent[key] = child
    parent = child
  }
  if (operation.op === 'remove') delete parent[last]
  else parent[last] = operation.value
  return copy as PurchaseUnit
}
