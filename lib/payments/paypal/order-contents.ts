import { z } from 'zod'

import type { PayPalOrderContents, PayPalOrderItem } from '@/lib/domain/payment-gateway'

import { Amount, toMoney } from './amount'

/**
 * What an order says of itself beyond the money. None of it is needed to take a payment, so what has another shape is
 * dropped (`catch`) instead of making the whole answer unreadable.
 */
const Text = z.string().optional().catch(undefined)

const Breakdown = z
  .record(z.string(), Amount)
  .optional()
  .catch({ unreadable: { currency_code: '', value: '' } })

const Item = z.object({
  name: z.string(),
  sku: z.string(),
  quantity: z.string().regex(/^[1-9]\d{0,5}$/),
  unit_amount: Amount,
})

const Shipping = z
  .object({
    name: z.object({ full_name: z.string() }),
    address: z.object({
      address_line_1: z.string().default(''),
      address_line_2: z.string().default(''),
      admin_area_2: z.string().default(''),
      admin_area_1: z.string().default(''),
      postal_code: z.string().default(''),
      country_code: z.string(),
    }),
  })
  .optional()
  .catch(undefined)

export const Payer = z.object({ email_address: Text }).optional().catch(undefined)

export const ContentsOfUnit = z.object({
  reference_id: Text,
  invoice_id: Text,
  amount: Amount.extend({ breakdown: Breakdown }).optional(),
  items: z.array(Item).optional().catch(undefined),
  shipping: Shipping,
})
type ContentsOfUnit = z.infer<typeof ContentsOfUnit>

export function toContents(unit: ContentsOfUnit, payer: z.infer<typeof Payer>): PayPalOrderContents {
  return {
    referenceId: unit.reference_id ?? null,
    invoiceId: unit.invoice_id ?? null,
    payerEmail: payer?.email_address ?? null,
    address: toAddress(unit.shipping),
    items: toItems(unit),
    parts: toParts(unit),
  }
}

function toAddress(shipping: z.infer<typeof Shipping>): PayPalOrderContents['address'] {
  if (!shipping) return null
  const { name, address } = shipping
  return {
    name: name.full_name,
    line1: address.address_line_1,
    line2: address.address_line_2,
    city: address.admin_area_2,
    region: address.admin_area_1,
    postalCode: address.postal_code,
    country: address.country_code,
  }
}

function toItems({ items, amount }: ContentsOfUnit): PayPalOrderItem[] | null {
  if (!items) return null
  const read: PayPalOrderItem[] = []
  for (const { name, sku, quantity, unit_amount } of items) {
    const price = toMoney(unit_amount)
    if (!price || price.currency !== amount?.currency_code) return null
    read.push({ name, sku, quantity: Number(quantity), unitPriceMinor: price.minor })
  }
  return read
}

/** The names that order-body.ts sends. Another part, such as a handling fee, would belong to nothing in an order of ours. */
const PARTS = ['item_total', 'shipping', 'tax_total', 'discount'] as const

function toParts({ amount }: ContentsOfUnit): PayPalOrderContents['parts'] {
  const breakdown = amount?.breakdown
  if (!breakdown) return null
  const minor: Record<string, number> = {}
  for (const [name, part] of Object.entries(breakdown)) {
    const money = toMoney(part)
    if (!money || money.currency !== amount.currency_code) return null
    if (money.minor !== 0 && !PARTS.some((known) => known === name)) return null
    minor[name] = money.minor
  }
  return {
    itemsMinor: minor['item_total'] ?? 0,
    discountMinor: minor['discount'] ?? 0,
    deliveryMinor: minor['shipping'] ?? 0,
    addedTaxMinor: minor['tax_total'] ?? 0,
  }
}
