import 'server-only'

import { addressLines } from '@/lib/domain/address'
import type { AttemptSnapshot } from '@/lib/domain/attempt-snapshot'
import { discountName, fullDeliveryMinor } from '@/lib/domain/discount'
import { formatMoney, type Currency } from '@/lib/domain/money'
import type { OrderView } from '@/lib/domain/order'

import type { Block, LetterItem, LetterSum } from '../letter'

/** What an order and a payment have in common: lines, parts of the total, where it goes. */
type Bought = Pick<
  AttemptSnapshot,
  | 'lines'
  | 'currency'
  | 'itemsMinor'
  | 'discounts'
  | 'deliveryMinor'
  | 'taxMinor'
  | 'taxIncluded'
  | 'taxLabel'
  | 'totalMinor'
>

export function boughtIn(order: OrderView): Bought {
  return {
    ...order,
    lines: order.items.map((item) => ({ ...item, variantId: 0 })),
    currency: order.total.currency,
    totalMinor: order.total.minor,
  }
}

export function itemsBlock({ lines, currency }: Pick<Bought, 'lines' | 'currency'>): Block {
  const items = lines.map((line): LetterItem => ({
    name: line.productName,
    detail: detailOf(line, currency),
    amount: formatMoney({ minor: line.lineTotalMinor, currency }),
    picture: line.picture,
  }))
  return { kind: 'items', items }
}

function detailOf(line: Bought['lines'][number], currency: Currency): string {
  const each = `${line.quantity} × ${formatMoney({ minor: line.unitPriceMinor, currency })}`
  return [...line.options.map(({ value }) => value), each].join(', ')
}

/** The parts and the total, as on the receipt. */
export function sumsBlock(bought: Bought): Block {
  const money = (minor: number) => formatMoney({ minor, currency: bought.currency })
  const row = (label: string, amount: string, isTotal = false): LetterSum => ({ label, amount, isTotal })
  const { taxLabel, taxIncluded, discounts = [] } = bought
  const delivery = fullDeliveryMinor({ ...bought, discounts })
  return {
    kind: 'sums',
    rows: [
      row('Items', money(bought.itemsMinor)),
      row('Delivery', delivery === 0 ? 'Free' : money(delivery)),
      ...discounts.map((discount) => row(discountName(discount), `−${money(discount.amountMinor)}`)),
      ...(taxLabel && !taxIncluded ? [row(taxLabel, money(bought.taxMinor))] : []),
      row('Total', money(bought.totalMinor), true),
      ...(taxLabel && taxIncluded ? [row(`of which ${taxLabel}`, money(bought.taxMinor))] : []),
    ],
  }
}

export function addressBlocks({ address }: Pick<OrderView, 'address'>): Block[] {
  return [
    { kind: 'section', title: 'Where it goes' },
    { kind: 'lines', lines: addressLines(address) },
  ]
}
