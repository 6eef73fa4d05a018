import { detail, type Detail } from '../refusals'
import type { Issue } from '../issues'

export type JsonObject = Record<string, unknown>

/** Collects what is wrong with the shape of a body; fields are JSON pointers, as PayPal names them. */
export type FieldChecks = {
  readonly problems: Detail[]
  add(issue: Issue, field: string, value?: unknown): void
  text(object: JsonObject, key: string, at: string, rule: TextRule): void
  list(
    object: JsonObject,
    key: string,
    at: string,
    rule: { required?: boolean; min?: number; max: number },
  ): JsonObject[]
  object(object: JsonObject, key: string, at: string, required?: boolean): JsonObject | null
}

export type TextRule = {
  required?: boolean
  min?: number
  max?: number
  pattern?: RegExp
  oneOf?: readonly string[]
  issue?: Issue
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function createFieldChecks(): FieldChecks {
  const problems: Detail[] = []
  const add = (issue: Issue, field: string, value?: unknown) => {
    problems.push(
      detail(issue, {
        field,
        location: 'body',
        ...(value === undefined ? {} : { value: typeof value === 'string' ? value : JSON.stringify(value) }),
      }),
    )
  }
  const missing = (object: JsonObject, key: string, field: string, required: boolean) => {
    if (object[key] !== undefined && object[key] !== null) return false
    if (required) add('MISSING_REQUIRED_PARAMETER', field)
    return true
  }
  return {
    problems,
    add,
    text: (object, key, at, rule) => {
      const field = `${at}/${key}`
      if (missing(object, key, field, rule.required ?? false)) return
      const issue = textProblem(object[key], rule)
      if (issue !== null) add(issue, field, object[key])
    },
    list: (object, key, at, rule) => {
      const field = `${at}/${key}`
      if (missing(object, key, field, rule.required ?? false)) return []
      const value = object[key]
      if (!Array.isArray(value) || !value.every(isObject)) {
        add('INVALID_PARAMETER_SYNTAX', field)
        return []
      }
      if (value.length < (rule.min ?? 0)) add('INVALID_ARRAY_MIN_ITEMS', field)
      if (value.length > rule.max) add('INVALID_ARRAY_MAX_ITEMS', field)
      return value
    },
    object: (object, key, at, required = false) => {
      const field = `${at}/${key}`
      if (missing(object, key, field, required)) return null
      const value = object[key]
      if (isObject(value)) return value
      add('INVALID_PARAMETER_SYNTAX', field)
      return null
    },
  }
}

function textProblem(value: unknown, rule: TextRule): Issue | null {
  if (typeof value !== 'string') return 'INVALID_PARAMETER_SYNTAX'
  if (value.length < (rule.min ?? 0) || value.length > (rule.max ?? Number.POSITIVE_INFINITY))
    return 'INVALID_STRING_LENGTH'
  if (rule.oneOf !== undefined && !rule.oneOf.includes(value)) return rule.issue ?? 'INVALID_PARAMETER_VALUE'
  if (rule.pattern !== undefined && !rule.pattern.test(value)) return rule.issue ?? 'INVALID_PARAMETER_SYNTAX'
  return null
}
