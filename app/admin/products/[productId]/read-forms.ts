import { z } from 'zod'

import type { Currency } from '@/lib/domain/money'
import { OnHand, OptionName, OptionValue, parsePrice, Sku, WeightGrams } from '@/lib/domain/product'
import type { EditedOption } from '@/lib/products/edit-options'
import type { AddedVariants, EditedVariant } from '@/lib/products/edit-variants'
import { readFields } from '@/lib/web/answer-form'
import { judgeFields } from '@/lib/web/judge-fields'

const Id = z.coerce.number().int().min(0).max(999_999_999).catch(0)

type Texts = Record<string, string>
type Refused = { readonly kind: 'invalid'; readonly errors: Texts; readonly values: Texts }

/** Which product the form is of, and which version of it its page had shown. */
export function readAct(formData: FormData) {
  const fields = readFields(formData, ['productId', 'seenVersion'])
  const productId = Id.parse(fields.productId)
  return { productId, seenVersion: Id.parse(fields.seenVersion), path: `/admin/products/${productId}` }
}

/** All that is typed in cells named `column.row`. */
function readCells(formData: FormData): Texts {
  const cells = [...formData].flatMap(([name, value]) =>
    /^[a-zA-Z]+\.\d{1,9}$/.test(name) && typeof value === 'string' ? [[name, value.slice(0, 200)] as const] : [],
  )
  return Object.fromEntries(cells)
}

function rowsOf(cells: Texts, column: string): string[] {
  return Object.keys(cells).flatMap((name) => (name.startsWith(`${column}.`) ? [name.slice(column.length + 1)] : []))
}

/** Empty: the shop's usual number. */
const LowStockAt = z.union([z.literal('').transform(() => null), OnHand])

export function readVariants(
  formData: FormData,
  currency: Currency,
): Refused | { readonly kind: 'read'; readonly edited: EditedVariant[]; readonly values: Texts } {
  const values = readCells(formData)
  const errors: Texts = {}
  const edited: EditedVariant[] = []
  for (const id of rowsOf(values, 'sku')) {
    const cell = (column: string) => values[`${column}.${id}`]?.trim() ?? ''
    const price = parsePrice(cell('price'), currency)
    const judged = judgeFields(
      { sku: Sku, weight: WeightGrams, low: LowStockAt },
      { sku: cell('sku'), weight: cell('weight'), low: cell('low') },
    )
    // What is not ticked is not sent.
    values[`active.${id}`] ??= ''
    if ('problem' in price) errors[`price.${id}`] = price.problem
    if (judged.kind === 'invalid') {
      for (const [column, problem] of Object.entries(judged.errors)) errors[`${column}.${id}`] = problem
    }
    if ('problem' in price || judged.kind === 'invalid') continue
    const { sku, weight, low } = judged.data
    const active = cell('active') === '1'
    edited.push({ id: Number(id), sku, priceMinor: price.minor, weightGrams: weight, active, lowStockAt: low })
  }
  return Object.keys(errors).length > 0 ? { kind: 'invalid', errors, values } : { kind: 'read', edited, values }
}

export function readNewVariants(
  formData: FormData,
  currency: Currency,
): Refused | { readonly kind: 'read'; readonly added: AddedVariants; readonly values: Texts } {
  const chosen = readCells(formData)
  const typed = readFields(formData, ['sku', 'price', 'weight'])
  const values = { ...chosen, ...typed }
  const price = parsePrice(typed.price, currency)
  const judged = judgeFields({ sku: Sku, weight: WeightGrams }, typed)
  if ('problem' in price || judged.kind === 'invalid') {
    const errors = {
      ...(judged.kind === 'invalid' ? judged.errors : {}),
      ...('problem' in price ? { price: price.problem } : {}),
    }
    return { kind: 'invalid', errors, values }
  }
  const options = rowsOf(chosen, 'option').map((id) => {
    const value = chosen[`option.${id}`]
    return [Number(id), value === 'every' ? value : Id.parse(value)] as const
  })
  const { sku, weight } = judged.data
  const added = { sku, priceMinor: price.minor, weightGrams: weight, values: new Map(options) }
  return { kind: 'read', added, values }
}

/** A value a line; empty lines are nothing. */
export function readValueLines(
  text: string,
): { readonly kind: 'read'; readonly values: string[] } | { readonly kind: 'invalid'; readonly problem: string } {
  const values: string[] = []
  for (const line of text.split(/\r?\n/).filter((each) => each.trim() !== '')) {
    const value = OptionValue.safeParse(line)
    if (!value.success) return { kind: 'invalid', problem: value.error.issues[0]?.message ?? 'This is not right.' }
    values.push(value.data)
  }
  return { kind: 'read', values }
}

const Place = z.coerce.number().int().min(0).max(999).catch(0)
const NoValue = z
  .string()
  .trim()
  .max(0)
  .transform(() => '')
const ValueOrNone = z.union([NoValue, OptionValue], 'One line of at most 80 characters.')
const Swatch = z.union(
  [z.literal('').transform(() => null), z.string().regex(/^#[0-9a-f]{6}$/i)],
  'A colour like #c9a06d, or nothing.',
)

/** An option's form: its name, its values in cells, and new ones a line each. */
export function readOption(
  formData: FormData,
): { readonly optionId: number } & (
  | Refused
  | { readonly kind: 'read'; readonly edited: EditedOption; readonly values: Texts }
) {
  const typed = readFields(formData, ['optionId', 'name', 'place', 'added'], 5_000)
  const cells = readCells(formData)
  const optionId = Id.parse(typed.optionId)
  const { name, place, added } = typed
  const values = { name, place, added, ...cells }
  const errors: Texts = {}
  const judged = judgeFields({ name: OptionName }, typed)
  if (judged.kind === 'invalid') Object.assign(errors, judged.errors)
  const lines = readValueLines(added)
  if (lines.kind === 'invalid') errors['added'] = lines.problem
  const rows = rowsOf(cells, 'value').flatMap((id) => {
    const cell = (column: string) => cells[`${column}.${id}`]?.trim() ?? ''
    const row = judgeFields({ value: ValueOrNone, swatch: Swatch }, { value: cell('value'), swatch: cell('swatch') })
    if (row.kind === 'valid') return [{ id: Number(id), ...row.data, position: Place.parse(cell('place')) }]
    for (const [column, problem] of Object.entries(row.errors)) errors[`${column}.${id}`] = problem
    return []
  })
  if (judged.kind === 'invalid' || lines.kind === 'invalid' || Object.keys(errors).length > 0) {
    return { optionId, kind: 'invalid', errors, values }
  }
  const edited = {
    optionId,
    name: judged.data.name,
    position: Math.max(0, Place.parse(place) - 1),
    values: rows.toSorted((a, b) => a.position - b.position),
    added: lines.values,
  }
  return { optionId, kind: 'read', edited, values }
}
