import { ActForm, type ActField } from '@/components/admin/act-form'
import type { DiscountDetail } from '@/lib/admin/discounts-desk'
import { DISCOUNT_KINDS } from '@/lib/domain/discount'
import { writeDiscountValue } from '@/lib/domain/discount-draft'
import { toDecimalString, type Currency } from '@/lib/domain/money'
import type { FormState } from '@/lib/web/answer-form'

import { saveDiscount } from './actions'
import { KIND_NAMES } from './discount-texts'

/** The one form for a new discount and for one that is there. */
export function DiscountForm({
  currency,
  categories,
  detail,
  refused,
}: {
  currency: Currency
  categories: readonly { readonly id: number; readonly name: string }[]
  /** Null for a new one. */
  detail: DiscountDetail | null
  refused: FormState | null
}) {
  const { discount } = detail ?? {}
  const fields: ActField[] = [
    { kind: 'text', name: 'label', label: 'Name, as buyers read it', value: discount?.label ?? '', maxLength: 80 },
    {
      kind: 'text',
      name: 'code',
      label: 'Code',
      hint: 'Without one it applies by itself.',
      value: discount?.code ?? '',
      maxLength: 30,
      optional: true,
    },
    {
      kind: 'select',
      name: 'kind',
      label: 'What it does',
      value: discount?.kind ?? 'percent',
      options: DISCOUNT_KINDS.map((kind) => ({ value: kind, label: KIND_NAMES[kind] })),
    },
    {
      kind: 'text',
      name: 'value',
      label: 'How much',
      hint: `Percent, or an amount in ${currency}. Nothing for free delivery.`,
      value: discount ? writeDiscountValue(discount.kind, discount.value, currency) : '',
      inputMode: 'decimal',
      maxLength: 15,
      optional: true,
    },
    {
      kind: 'text',
      name: 'minimum',
      label: `For goods worth at least (${currency})`,
      value: discount?.minimumMinor ? toDecimalString({ minor: discount.minimumMinor, currency }) : '',
      inputMode: 'decimal',
      maxLength: 15,
      optional: true,
    },
    {
      kind: 'datetime',
      name: 'startsAt',
      label: 'From (UTC)',
      hint: 'Nothing is now.',
      value: forInput(discount?.startsAt),
      optional: true,
    },
    { kind: 'datetime', name: 'endsAt', label: 'Until (UTC)', value: forInput(discount?.endsAt), optional: true },
    {
      kind: 'number',
      name: 'usesMax',
      label: 'Orders in all',
      value: discount?.usesMax?.toString() ?? '',
      max: 9_999_999,
      optional: true,
    },
    {
      kind: 'number',
      name: 'usesMaxPerBuyer',
      label: 'Orders of one buyer',
      hint: 'Buyers are told apart by their e-mail address.',
      value: discount?.usesMaxPerBuyer?.toString() ?? '',
      max: 9_999_999,
      optional: true,
    },
    {
      kind: 'select',
      name: 'scope',
      label: 'What it is for',
      value: discount?.scope ?? 'all',
      options: [
        { value: 'all', label: 'Everything' },
        { value: 'chosen', label: 'The products and categories below alone' },
      ],
    },
    {
      kind: 'textarea',
      name: 'products',
      label: 'Products',
      hint: 'One address a line, as it ends: tidal-field for /products/tidal-field.',
      value: detail?.productSlugs.join('\n') ?? '',
      maxLength: 20_000,
      optional: true,
    },
    {
      kind: 'checks',
      name: 'categories',
      label: 'Categories',
      hint: 'With all below them.',
      value: detail?.categoryIds.join(',') ?? '',
      options: categories.map(({ id, name }) => ({ value: String(id), label: name })),
    },
    {
      kind: 'checkbox',
      name: 'active',
      label: 'It can be used',
      hint: 'Off, it takes nothing off any more, whatever its dates.',
      value: (discount?.active ?? true) ? '1' : '',
    },
  ]
  return (
    <ActForm
      id="discount"
      action={saveDiscount}
      refused={refused}
      fields={fields}
      hidden={discount ? { id: String(discount.id), version: String(discount.version) } : {}}
      submit={discount ? 'Save the discount' : 'Make the discount'}
      pending="Saving…"
    />
  )
}

/** As `datetime-local` wants it, in UTC. */
function forInput(at: Date | null | undefined): string {
  return at?.toISOString().slice(0, 16) ?? ''
}
