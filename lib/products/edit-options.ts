import 'server-only'

import type { Database, Transaction } from '@/db/client'
import {
  deleteOption,
  deleteOptionValues,
  giveAllVariants,
  insertOption,
  insertOptionValues,
  listOptionRows,
  listVariantRows,
  renameInPictures,
  updateOption,
  updateOptionValue,
  type OptionRow,
} from '@/db/queries/product-desk'
import type { Admin } from '@/lib/admin/admin'
import { OPTION_VALUES_MAX, OPTIONS_MAX } from '@/lib/domain/product'
import type { Said } from '@/lib/domain/what-changed'

import { actOnProduct, type Invalid, type ProductAct, type ProductOutcome } from './act-on-product'

const invalid = (errors: Record<string, string>): Invalid => ({ kind: 'invalid', errors })

/** A new option. Variants that are there already get its first value. */
export async function addOption(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { name, values, ...act }: ProductAct & { name: string; values: readonly string[] },
): Promise<ProductOutcome> {
  return actOnProduct(db, admin, act, async (tx, product) => {
    const options = await listOptionRows(tx, product.id)
    if (options.length >= OPTIONS_MAX) return invalid({ form: `A product has at most ${OPTIONS_MAX} options.` })
    if (options.some((option) => isSameName(option.name, name))) return invalid({ name: 'There is such an option.' })
    const wrong = judgeValues(values)
    if (wrong) return invalid({ values: wrong })
    const optionId = await insertOption(tx, { productId: product.id, name, position: options.length })
    const ids = await insertOptionValues(
      tx,
      optionId,
      values.map((value, position) => ({ value, swatch: null, position })),
    )
    const [valueId] = ids
    if (valueId !== undefined) await giveAllVariants(tx, product.id, { optionId, valueId })
    return { kind: 'change', action: 'product.options_changed', before: {}, after: { [name]: values.join(', ') } }
  })
}

export interface EditedOption {
  readonly optionId: number
  readonly name: string
  readonly position: number
  /** An empty value takes it away, which is possible while no variant has it. */
  readonly values: readonly {
    readonly id: number
    readonly value: string
    readonly swatch: string | null
    readonly position: number
  }[]
  readonly added: readonly string[]
}

/** Changes an option and its values. Errors are named `value.<id>`. */
export async function editOption(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { edited, ...act }: ProductAct & { edited: EditedOption },
): Promise<ProductOutcome> {
  return actOnProduct(db, admin, act, async (tx, product) => {
    const options = await listOptionRows(tx, product.id)
    const option = options.find(({ id }) => id === edited.optionId)
    if (!option) return invalid({ form: 'This option is not there any more. Reload the page.' })
    if (options.some(({ id, name }) => id !== option.id && isSameName(name, edited.name))) {
      return invalid({ name: 'Another option has this name.' })
    }
    const kept = edited.values.filter(({ id, value }) => value !== '' && option.values.some((row) => row.id === id))
    const dropped = option.values.filter(({ id }) => edited.values.some((each) => each.id === id && each.value === ''))
    const used = dropped.filter(({ uses }) => uses > 0)
    if (used.length > 0) {
      return invalid(
        Object.fromEntries(used.map(({ id }) => [`value.${id}`, 'Variants have this value, so it stays.'])),
      )
    }
    const wrong = judgeValues([...kept.map(({ value }) => value), ...edited.added])
    if (wrong) return invalid({ added: wrong })
    await write(tx, product.id, option, { ...edited, values: kept }, dropped)
    const after = (await listOptionRows(tx, product.id)).find(({ id }) => id === option.id)
    return {
      kind: 'change',
      action: 'product.options_changed',
      before: inWords(option),
      after: after ? inWords(after) : {},
    }
  })
}

async function write(
  tx: Transaction,
  productId: number,
  option: OptionRow,
  edited: EditedOption,
  dropped: OptionRow['values'],
): Promise<void> {
  await deleteOptionValues(
    tx,
    dropped.map(({ id }) => id),
  )
  await updateOption(tx, option.id, { name: edited.name, position: edited.position })
  // Two that change places would meet half-way: nobody may have the other's name for a moment.
  for (const { id, swatch, position } of edited.values) {
    await updateOptionValue(tx, id, { value: `\u{1F}${id}`, swatch, position })
  }
  for (const { id, ...value } of edited.values) await updateOptionValue(tx, id, value)
  const last = Math.max(-1, ...edited.values.map(({ position }) => position))
  await insertOptionValues(
    tx,
    option.id,
    edited.added.map((value, index) => ({ value, swatch: null, position: last + 1 + index })),
  )
  await renameInPictures(tx, productId, (shown) => {
    const { [option.name]: value, ...others } = shown
    const row = option.values.find((each) => each.value === value)
    const now = edited.values.find(({ id }) => id === row?.id)
    return now ? { ...others, [edited.name]: now.value } : others
  })
}

/** Takes an option away. Possible while no two variants differ in it alone. */
export async function dropOption(
  db: Database,
  admin: Admin<'catalogue.edit'>,
  { optionId, ...act }: ProductAct & { optionId: number },
): Promise<ProductOutcome> {
  return actOnProduct(db, admin, act, async (tx, product) => {
    const option = (await listOptionRows(tx, product.id)).find(({ id }) => id === optionId)
    if (!option) return invalid({ form: 'This option is not there any more. Reload the page.' })
    const rest = (await listVariantRows(tx, product.id)).map(({ values }) =>
      [...values]
        .filter(([id]) => id !== optionId)
        .map(([id, value]) => `${id}=${value}`)
        .toSorted()
        .join(),
    )
    if (new Set(rest).size < rest.length) {
      return invalid({ form: `Without ${option.name} some variants would be the same.` })
    }
    await deleteOption(tx, optionId)
    await renameInPictures(tx, product.id, (shown) =>
      Object.fromEntries(Object.entries(shown).filter(([name]) => name !== option.name)),
    )
    return { kind: 'change', action: 'product.options_changed', before: inWords(option), after: {} }
  })
}

function judgeValues(values: readonly string[]): string | null {
  if (values.length === 0) return 'Give it at least one value.'
  if (values.length > OPTION_VALUES_MAX) return `No more than ${OPTION_VALUES_MAX} values.`
  const twice = values.find((value, index) => values.findIndex((other) => isSameName(value, other)) !== index)
  return twice === undefined ? null : `“${twice}” is there twice.`
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function inWords({ name, position, values }: OptionRow): Said {
  return {
    [`${name} place`]: position + 1,
    [name]: values.map(({ value, swatch }) => (swatch ? `${value} ${swatch}` : value)).join(', '),
  }
}
