import 'server-only'

import type { z } from 'zod'

type Shape = Readonly<Record<string, z.ZodType>>
type Judged<S extends Shape> =
  | { readonly kind: 'valid'; readonly data: { readonly [Name in keyof S]: z.output<S[Name]> } }
  | { readonly kind: 'invalid'; readonly errors: Record<string, string> }

/** Each field by its own rule: all that is wrong at once, the first problem of each. */
export function judgeFields<S extends Shape>(shape: S, values: Readonly<Record<string, string>>): Judged<S> {
  const judged = Object.entries(shape).map(([name, rule]) => [name, rule.safeParse(values[name] ?? '')] as const)
  const errors = Object.fromEntries(
    judged.flatMap(([name, { error }]) => (error ? [[name, error.issues[0]?.message ?? 'This is not right.']] : [])),
  )
  if (Object.keys(errors).length > 0) return { kind: 'invalid', errors }
  const data = Object.fromEntries(judged.map(([name, { data: value }]) => [name, value]))
  return { kind: 'valid', data: data as Extract<Judged<S>, { kind: 'valid' }>['data'] }
}
