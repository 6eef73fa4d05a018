import { isObject, type FieldChecks, type JsonObject } from './field-checks'

const AMOUNT = /^((-?[0-9]+)|(-?([0-9]+)?[.][0-9]+))$/
const BREAKDOWN_PARTS = [
  'item_total',
  'tax_total',
  'shipping',
  'handling',
  'insurance',
  'shipping_discount',
  'discount',
]

/** Checks lengths, forms and required fields of a create-order body; everything PayPal answers with 400. */
export function checkOrderFields(checks: FieldChecks, body: JsonObject): void {
  checks.text(body, 'intent', '', { required: true, oneOf: ['CAPTURE', 'AUTHORIZE'] })
  const units = checks.list(body, 'purchase_units', '', { required: true, min: 1, max: 10 })
  units.forEach((unit, index) => checkPurchaseUnitFields(checks, unit, `/purchase_units/${index}`))
  const source = checks.object(body, 'payment_source', '')
  const wallet = source === null ? null : checks.object(source, 'paypal', '/payment_source')
  const at = '/payment_source/paypal'
  const experience = wallet === null ? null : checks.object(wallet, 'experience_context', at)
  if (experience !== null) checkExperience(checks, experience, `${at}/experience_context`)
  const application = checks.object(body, 'application_context', '')
  if (application !== null) checkExperience(checks, application, '/application_context')
}

export function checkPurchaseUnitFields(checks: FieldChecks, unit: JsonObject, at: string): void {
  checks.text(unit, 'reference_id', at, { min: 1, max: 256 })
  for (const key of ['description', 'custom_id', 'invoice_id']) checks.text(unit, key, at, { min: 1, max: 127 })
  checks.text(unit, 'soft_descriptor', at, { min: 1, max: 22 })
  const amount = checks.object(unit, 'amount', at, true)
  if (amount !== null) checkAmountFields(checks, amount, `${at}/amount`)
  checks
    .list(unit, 'items', at, { max: 1000 })
    .forEach((item, index) => checkItemFields(checks, item, `${at}/items/${index}`))
  const payee = checks.object(unit, 'payee', at)
  if (payee !== null) {
    checks.text(payee, 'merchant_id', `${at}/payee`, { pattern: /^[2-9A-HJ-NP-Z]{13}$/ })
    checks.text(payee, 'email_address', `${at}/payee`, { min: 3, max: 254 })
  }
  const shipping = checks.object(unit, 'shipping', at)
  if (shipping !== null) checkShippingFields(checks, shipping, `${at}/shipping`)
}

function checkMoneyFields(checks: FieldChecks, money: JsonObject, at: string): void {
  checks.text(money, 'currency_code', at, {
    required: true,
    min: 3,
    max: 3,
    pattern: /^[A-Z]{3}$/,
  })
  checks.text(money, 'value', at, { required: true, min: 1, max: 32, pattern: AMOUNT })
}

function checkAmountFields(checks: FieldChecks, amount: JsonObject, at: string): void {
  checkMoneyFields(checks, amount, at)
  const breakdown = checks.object(amount, 'breakdown', at)
  if (breakdown === null) return
  for (const part of BREAKDOWN_PARTS) {
    const money = checks.object(breakdown, part, `${at}/breakdown`)
    if (money !== null) checkMoneyFields(checks, money, `${at}/breakdown/${part}`)
  }
}

function checkItemFields(checks: FieldChecks, item: JsonObject, at: string): void {
  checks.text(item, 'name', at, { required: true, min: 1, max: 127 })
  checks.text(item, 'quantity', at, { required: true, max: 10, pattern: /^[1-9][0-9]{0,9}$/ })
  for (const key of ['description', 'sku']) checks.text(item, key, at, { max: 127 })
  checks.text(item, 'category', at, { oneOf: ['DIGITAL_GOODS', 'PHYSICAL_GOODS', 'DONATION'] })
  const unitAmount = checks.object(item, 'unit_amount', at, true)
  if (unitAmount !== null) checkMoneyFields(checks, unitAmount, `${at}/unit_amount`)
  const tax = checks.object(item, 'tax', at)
  if (tax !== null) checkMoneyFields(checks, tax, `${at}/tax`)
}

function checkShippingFields(checks: FieldChecks, shipping: JsonObject, at: string): void {
  checks.text(shipping, 'type', at, {
    oneOf: ['SHIPPING', 'PICKUP_IN_PERSON', 'PICKUP_IN_STORE', 'PICKUP_FROM_PERSON'],
  })
  const name = checks.object(shipping, 'name', at)
  if (name !== null) checks.text(name, 'full_name', `${at}/name`, { max: 300 })
  const address = checks.object(shipping, 'address', at)
  if (address !== null) checkAddressFields(checks, address, `${at}/address`)
  checks.list(shipping, 'options', at, { max: 10 }).forEach((option, index) => {
    const field = `${at}/options/${index}`
    checks.text(option, 'id', field, { required: true, max: 127 })
    checks.text(option, 'label', field, { required: true, max: 127 })
    if (typeof option['selected'] !== 'boolean') checks.add('MISSING_REQUIRED_PARAMETER', `${field}/selected`)
    if (isObject(option['amount'])) checkMoneyFields(checks, option['amount'], `${field}/amount`)
  })
}

function checkAddressFields(checks: FieldChecks, address: JsonObject, at: string): void {
  const limits = {
    address_line_1: 300,
    address_line_2: 300,
    admin_area_2: 120,
    admin_area_1: 300,
    postal_code: 60,
  }
  for (const [key, max] of Object.entries(limits)) checks.text(address, key, at, { max })
  checks.text(address, 'country_code', at, {
    required: true,
    pattern: /^([A-Z]{2}|C2)$/,
    issue: 'INVALID_COUNTRY_CODE',
  })
}

function checkExperience(checks: FieldChecks, experience: JsonObject, at: string): void {
  checks.text(experience, 'brand_name', at, { min: 1, max: 127 })
  checks.text(experience, 'shipping_preference', at, {
    oneOf: ['GET_FROM_FILE', 'NO_SHIPPING', 'SET_PROVIDED_ADDRESS'],
  })
  checks.text(experience, 'user_action', at, { oneOf: ['CONTINUE', 'PAY_NOW'] })
  checks.text(experience, 'payment_method_preference', at, {
    oneOf: ['UNRESTRICTED', 'IMMEDIATE_PAYMENT_REQUIRED'],
  })
  checks.text(experience, 'locale', at, {
    min: 2,
    max: 10,
    pattern: /^[a-z]{2}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$/,
  })
  for (const key of ['return_url', 'cancel_url']) checks.text(experience, key, at, { pattern: /^https?:\/\/\S+$/ })
}
