import { z } from 'zod'

import { Address } from './address'
import type { AttemptSnapshot, SnapshotLine } from './attempt-snapshot'
import { Email } from './checkout'
import { listDeliveryChoices, type DeliveryMethod } from './delivery'
import { invoiceId } from './invoice-id'
import { isPaid } from './payment'
import type { PayPalCapture, PayPalOrder, PayPalOrderContents } from './payment-gateway'
import { taxOn, type TaxRule } from './tax'

/** What the catalogue knows of an item by its SKU, whether it is still sold or not. */
export interface KnownVariant extends Pick<SnapshotLine, 'variantId' | 'productSlug' | 'sku' | 'options' | 'picture'> {
  readonly weightGrams: number
}

export interface RebuildFacts {
  readonly order: PayPalOrder
  readonly capture: PayPalCapture
  readonly shop: { readonly merchantId: string; readonly invoicePrefix: string }
  readonly variants: readonly KnownVariant[]
  /** Of the address's country. */
  readonly deliveryMethods: readonly DeliveryMethod[]
  readonly tax: TaxRule | null
}

/** Why a payment cannot be made into an order without a person. */
export type RebuildProblem =
  /** Its ids are not of a form that only this shop gives. */
  | 'not_ours'
  | 'other_payee'
  | 'amount_differs'
  | 'contents_missing'
  | 'parts_do_not_add_up'
  | 'unknown_item'
  | 'address_unusable'
  | 'no_email'

export type RebuildPlan =
  | {
      readonly kind: 'rebuilt'
      readonly attemptId: string
      /** Null for an order that was made without one. */
      readonly cartId: string | null
      readonly snapshot: AttemptSnapshot
    }
  | { readonly kind: 'unusable'; readonly problem: RebuildProblem }

const Uuid = z.uuid()

/**
 * An attempt's frozen snapshot, made again from what PayPal holds, for a payment whose row is lost. The amounts are the
 * order's own and must add up exactly; names and pictures come from the catalogue as it is now, the e-mail address is that of
 * the buyer's PayPal account, and tax that prices contain is computed by today's rate.
 */
export function planRebuild(facts: RebuildFacts): RebuildPlan {
  const { order, capture, shop } = facts
  const { contents } = order
  const attemptId = Uuid.safeParse(order.customId)
  if (!attemptId.success || contents?.invoiceId !== invoiceId(shop.invoicePrefix, attemptId.data)) {
    return unusable('not_ours')
  }
  if (order.payeeMerchantId !== shop.merchantId) return unusable('other_payee')
  if (!sameAmount(order, capture)) return unusable('amount_differs')
  const snapshot = readSnapshot(facts, contents)
  if (typeof snapshot === 'string') return unusable(snapshot)
  const cartId = Uuid.safeParse(contents.referenceId)
  return { kind: 'rebuilt', attemptId: attemptId.data, cartId: cartId.success ? cartId.data : null, snapshot }
}

function unusable(problem: RebuildProblem): RebuildPlan {
  return { kind: 'unusable', problem }
}

function sameAmount({ amount }: PayPalOrder, capture: PayPalCapture): boolean {
  const mayDiffer = !isPaid(capture) && capture.amount === null
  const { minor, currency } = capture.amount ?? {}
  return amount !== null && (mayDiffer || (amount.minor === minor && amount.currency === currency))
}

function readSnapshot(facts: RebuildFacts, contents: PayPalOrderContents): AttemptSnapshot | RebuildProblem {
  const { amount } = facts.order
  const { items, parts } = contents
  if (!amount || !items || items.length === 0 || !parts) return 'contents_missing'
  const { itemsMinor, discountMinor, deliveryMinor, addedTaxMinor } = parts
  const listed = items.reduce((sum, item) => sum + item.unitPriceMinor * item.quantity, 0)
  const total = itemsMinor - discountMinor + deliveryMinor + addedTaxMinor
  const isNegative = [...Object.values(parts), ...items.map((item) => item.unitPriceMinor)].some((minor) => minor < 0)
  if (isNegative || listed !== itemsMinor || total !== amount.minor) return 'parts_do_not_add_up'
  const lines = readLines(items, facts.variants)
  if (!lines) return 'unknown_item'
  const address = Address.safeParse(contents.address)
  if (!address.success) return 'address_unusable'
  const email = Email.safeParse(contents.payerEmail)
  if (!email.success) return 'no_email'
  return {
    version: 1,
    currency: amount.currency,
    email: email.data,
    address: address.data,
    delivery: readDelivery(facts, lines, parts),
    lines,
    itemsMinor,
    // PayPal tells how much was taken off, not why.
    discounts:
      discountMinor > 0
        ? [{ discountId: 0, code: null, label: 'Discount', of: 'goods', amountMinor: discountMinor }]
        : [],
    discountMinor,
    deliveryMinor,
    ...readTax(facts.tax, parts),
    totalMinor: total,
  }
}

function readLines(
  items: NonNullable<PayPalOrderContents['items']>,
  variants: readonly KnownVariant[],
): SnapshotLine[] | null {
  const lines: SnapshotLine[] = []
  for (const { name, sku, quantity, unitPriceMinor } of items) {
    const variant = variants.find((candidate) => candidate.sku === sku)
    if (!variant || lines.some((line) => line.variantId === variant.variantId)) return null
    const { variantId, productSlug, options, picture } = variant
    const lineTotalMinor = unitPriceMinor * quantity
    lines.push({
      variantId,
      productName: name,
      productSlug,
      sku,
      options,
      picture,
      unitPriceMinor,
      quantity,
      lineTotalMinor,
    })
  }
  return lines
}

/** The method is not at PayPal; its price is. */
function readDelivery(
  { deliveryMethods, variants }: RebuildFacts,
  lines: readonly SnapshotLine[],
  { itemsMinor, deliveryMinor }: NonNullable<PayPalOrderContents['parts']>,
): AttemptSnapshot['delivery'] {
  const weight = new Map(variants.map(({ sku, weightGrams }) => [sku, weightGrams]))
  const weightGrams = lines.reduce((sum, { sku, quantity }) => sum + (weight.get(sku) ?? 0) * quantity, 0)
  const fitting = listDeliveryChoices(deliveryMethods, { itemsMinor, weightGrams }).filter(
    ({ priceMinor }) => priceMinor === deliveryMinor,
  )
  const [only, ...others] = fitting
  if (!only || others.length > 0) return { methodId: 0, name: 'Delivery', estimate: 'As chosen when ordering' }
  return { methodId: only.methodId, name: only.name, estimate: only.estimate }
}

function readTax(
  rule: TaxRule | null,
  { itemsMinor, discountMinor, deliveryMinor, addedTaxMinor }: NonNullable<PayPalOrderContents['parts']>,
): Pick<AttemptSnapshot, 'taxMinor' | 'taxIncluded' | 'taxLabel'> {
  if (addedTaxMinor > 0) {
    return { taxMinor: addedTaxMinor, taxIncluded: false, taxLabel: rule?.pricesInclude === false ? rule.label : 'Tax' }
  }
  if (!rule?.pricesInclude) return { taxMinor: 0, taxIncluded: false, taxLabel: null }
  const base = itemsMinor - discountMinor + (rule.appliesToDelivery ? deliveryMinor : 0)
  return { taxMinor: taxOn(base, rule), taxIncluded: true, taxLabel: rule.label }
}
