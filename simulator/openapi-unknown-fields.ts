import { isObject } from './orders/field-checks'
import type { Described } from './openapi-contract'

/** Fields that PayPal's API has and this edition of its description lacks, or that only its errors have. */
const NEWER_FIELDS = new Set([
  'account_status',
  'contact_preference',
  'app_switch_context',
  'order_update_callback_config',
  'links',
])

/** Pointers to the fields of `value` that the schema does not name: mostly spelling mistakes, which JSON schema lets pass. */
export function unknownFields(
  resolve: (node: Described) => Described,
  schema: Described,
  value: unknown,
  at = '',
): string[] {
  const shapes = shapesOf(resolve, schema)
  if (Array.isArray(value)) {
    const items = shapes.find((shape) => shape.items !== undefined)?.items
    return items === undefined
      ? []
      : value.flatMap((each, index) => unknownFields(resolve, items, each, `${at}/${index}`))
  }
  const isDescribed = shapes.some((shape) => shape.properties !== undefined)
  if (!isObject(value) || !isDescribed) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const candidates = shapes.flatMap((shape) =>
      shape.properties?.[name] === undefined ? [] : [shape.properties[name]],
    )
    if (candidates.length === 0) return NEWER_FIELDS.has(name) ? [] : [`${at}/${name}`]
    return unknownFields(resolve, { allOf: candidates }, inner, `${at}/${name}`)
  })
}

/** A schema and everything it is composed of, as a flat list. */
function shapesOf(resolve: (node: Described) => Described, schema: Described): Described[] {
  const node = resolve(schema)
  if (node === undefined) return []
  const parts = [...(node.allOf ?? []), ...(node.anyOf ?? []), ...(node.oneOf ?? [])]
  return [node, ...parts.flatMap((part: Described) => shapesOf(resolve, part))]
}
