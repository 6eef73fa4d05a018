import { CURRENCIES, decimalsOf, toMinor } from '../money'
import type { Amount, Item, Money, PurchaseUnit } from '../paypal-shapes'
import { detail, type Detail } from '../refusals'
import type { Issue } from '../issues'

// PayPal's largest amount is 999999999999999.99, which no double can hold; the next whole number is exact.
const TOO_LARGE = 1e15
const ADDED = ['item_total', 'tax_total', 'shipping', 'handling', 'insurance'] as const
const SUBTRACTED = ['shipping_discount', 'discount'] as const

/** Checks the sums, signs and currencies of well-formed purchase units; what PayPal answers with 422. */
export function checkAmounts(units: readonly PurchaseUnit[]): Detail[] {
  const problems = units.flatMap((unit) => checkUnit(unit))
  const currencies = new Set(units.flatMap((unit) => allMoney(unit).map(({ money }) => money.currency_code)))
  if (currencies.size > 1)
    problems.push(
      detail('MULTI_CURRENCY_ORDER', {
        field: '/purchase_units/0/amount/currency_code',
        location: 'body',
      }),
    )
  const references = units.map((unit) => unit.reference_id)
  if (new Set(references).size < references.length) {
    const issue = references.includes('default') ? 'REFERENCE_ID_REQUIRED' : 'DUPLICATE_REFERENCE_ID'
    problems.push(detail(issue, { location: 'body', field: '/purchase_units' }))
  }
  return problems
}

function checkUnit(unit: PurchaseUnit): Detail[] {
  const at = `/purchase_units/@reference_id=='${unit.reference_id}'`
  const problems = allMoney(unit).flatMap(({ field, money, positive }) => checkMoney(money, `${at}${field}`, positive))
  // Sums over amounts that are wrong in themselves would only repeat the complaint.
  return problems.length > 0 ? problems : [...checkSums(unit, at), ...checkShipping(unit, at)]
}

function allMoney(unit: PurchaseUnit): { field: string; money: Money; positive: boolean }[] {
  const parts = [...ADDED, ...SUBTRACTED].flatMap((part) => {
    const money = unit.amount.breakdown?.[part]
    return money === undefined ? [] : [{ field: `/amount/breakdown/${part}`, money, positive: false }]
  })
  const items = (unit.items ?? []).flatMap((item, index) => [
    { field: `/items/${index}/unit_amount`, money: item.unit_amount, positive: false },
    ...(item.tax === undefined ? [] : [{ field: `/items/${index}/tax`, money: item.tax, positive: false }]),
  ])
  return [{ field: '/amount', money: unit.amount, positive: true }, ...parts, ...items]
}

/** What is wrong with one amount, on its own. Also used for refunds. */
export function checkMoney(money: Money, field: string, positive: boolean): Detail[] {
  const issue = moneyProblem(money, positive)
  return issue === null ? [] : [detail(issue, { field: `${field}/value`, value: money.value, location: 'body' })]
}

function moneyProblem(money: Money, positive: boolean): Issue | null {
  const decimals = money.value.split('.')[1]?.length ?? 0
  const value = Number(money.value)
  if (!CURRENCIES.has(money.currency_code)) return 'INVALID_CURRENCY_CODE'
  if (decimalsOf(money.currency_code) === 0 && decimals > 0) return 'DECIMALS_NOT_SUPPORTED'
  if (decimals > 2) return 'DECIMAL_PRECISION'
  if (positive && value <= 0) return 'CANNOT_BE_ZERO_OR_NEGATIVE'
  if (value < 0) return 'CANNOT_BE_NEGATIVE'
  if (value >= TOO_LARGE) return 'MAX_VALUE_EXCEEDED'
  return null
}

function checkSums(unit: PurchaseUnit, at: string): Detail[] {
  const problems: Detail[] = []
  const add = (issue: Issue, field: string) =>
    problems.push(detail(issue, { field: `${at}${field}`, location: 'body' }))
  const { breakdown } = unit.amount
  const items = unit.items ?? []
  if (items.length > 0) {
    if (breakdown?.item_total === undefined) add('ITEM_TOTAL_REQUIRED', '/amount/breakdown/item_total')
    else if (sumOf(items, (item) => item.unit_amount) !== toMinor(breakdown.item_total))
      add('ITEM_TOTAL_MISMATCH', '/amount/breakdown/item_total')
  }
  if (items.some((item) => item.tax !== undefined)) {
    if (breakdown?.tax_total === undefined) add('TAX_TOTAL_REQUIRED', '/amount/breakdown/tax_total')
    else if (sumOf(items, (item) => item.tax) !== toMinor(breakdown.tax_total))
      add('TAX_TOTAL_MISMATCH', '/amount/breakdown/tax_total')
  }
  if (breakdown !== undefined && sumOfBreakdown(unit.amount) !== toMinor(unit.amount))
    add('AMOUNT_MISMATCH', '/amount/value')
  return problems
}

function sumOf(items: readonly Item[], amount: (item: Item) => Money | undefined): number {
  return items.reduce((sum, item) => {
    const money = amount(item)
    return sum + (money === undefined ? 0 : toMinor(money) * Number(item.quantity))
  }, 0)
}

function sumOfBreakdown({ breakdown }: Amount): number {
  const minorOf = (money: Money | undefined) => (money === undefined ? 0 : toMinor(money))
  const added = ADDED.reduce((sum, part) => sum + minorOf(breakdown?.[part]), 0)
  return SUBTRACTED.reduce((sum, part) => sum - minorOf(breakdown?.[part]), added)
}

// Countries without postal codes or cities are PayPal's business; these are the ones it is strict about.
const POSTAL_CODE_COUNTRIES = new Set([
  'US',
  'CA',
  'GB',
  'DE',
  'FR',
  'IT',
  'ES',
  'AU',
  'NL',
  'AT',
  'CH',
  'SE',
  'DK',
  'NO',
  'FI',
  'PL',
  'BE',
  'JP',
])

function checkShipping(unit: PurchaseUnit, at: string): Detail[] {
  const problems: Detail[] = []
  const add = (issue: Issue, field: string) =>
    problems.push(detail(issue, { field: `${at}/shipping${field}`, location: 'body' }))
  const { address, options = [] } = unit.shipping ?? {}
  if (address !== undefined && !address.admin_area_2) add('CITY_REQUIRED', '/address/admin_area_2')
  if (address !== undefined && !address.postal_code && POSTAL_CODE_COUNTRIES.has(address.country_code)) {
    add('POSTAL_CODE_REQUIRED', '/address/postal_code')
  }
  const selected = options.filter((option) => option.selected)
  if (options.length > 0 && selected.length === 0) add('SHIPPING_OPTION_NOT_SELECTED', '/options')
  if (selected.length > 1) add('MULTIPLE_SHIPPING_OPTION_SELECTED', '/options')
  const [chosen] = selected
  const shipping = unit.amount.breakdown?.shipping
  if (
    selected.length === 1 &&
    chosen?.amount !== undefined &&
    shipping !== undefined &&
    toMinor(chosen.amount) !== toMinor(shipping)
  ) {
    add('PREFERRED_SHIPPING_OPTION_AMOUNT_MISMATCH', '/options')
  }
  return problems
}
