import 'server-only'

import type { Route } from 'next'
import { redirect } from 'next/navigation'

import { isSentByScript, readRefusal, saveRefusal } from './refused-form-cookie'

export interface FormState {
  readonly errors: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, string>>
  readonly goTo?: string
  /** Where a second factor is given, which the form is refused for. */
  readonly confirmAt?: string
}

/**
 * What a form that could not be done answers: a state for the script, or, for a form that the browser posted by itself, a way
 * back to its page with the state in a cookie. Passwords are never among the values.
 */
export async function refuseForm(form: string, path: string, state: FormState): Promise<FormState> {
  if (await isSentByScript()) return state
  await saveRefusal({ form, errors: { ...state.errors }, values: { ...state.values } })
  redirect(refusedPath(path, form))
}

/** The page of a form, which shows why it was refused. */
export function refusedPath(path: string, form: string): Route {
  return `${path}${path.includes('?') ? '&' : '?'}refused=${form}` as Route
}

/**
 * Leads to another page after signing in, out, or over: always as a new document, because what the browser has kept of pages is
 * from before, and the checkout has a content policy of its own.
 */
export async function leaveForm(path: string): Promise<FormState> {
  if (await isSentByScript()) return { errors: {}, values: {}, goTo: path }
  redirect(path as Route)
}

/**
 * Leads back to the page the form is on. With a script the page has been drawn anew as part of the answer, as it is whenever a tag was
 * renewed: nothing is loaded, and whoever works by keyboard stays where they are.
 */
export async function stayHere(path: string): Promise<FormState> {
  if (await isSentByScript()) return { errors: {}, values: {} }
  redirect(path as Route)
}

/**
 * True while a page is drawn anew as part of the answer to a form on it. A form that leads elsewhere must then still be there, or
 * nobody is left to go: a page whose link has just been used keeps its form for as long.
 */
export async function isAnswerToForm(): Promise<boolean> {
  return isSentByScript()
}

/** The state of a form that was posted without JavaScript, if the address says that it was refused. */
export async function readRefusedForm(form: string, asked: unknown): Promise<FormState | null> {
  const refusal = asked === form ? await readRefusal() : null
  return refusal?.form === form ? refusal : null
}

/** The button beside a choice that other fields hang on: it asks for the form with those fields, and for no judgement on it. */
export function isRedrawAsked(formData: FormData): boolean {
  return formData.has('redraw')
}

// Nobody types them: no text in Postgres has NUL, and in JSON each takes six bytes, which no cookie has room for.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** The text fields of a form, none longer than anything of ours, and without control characters: `max` is for long texts. */
export function readFields<Name extends string>(
  formData: FormData,
  names: readonly Name[],
  max = 1_000,
): Record<Name, string> {
  const read = (name: Name) => {
    const value = formData.get(name)
    return typeof value === 'string' ? value.replaceAll(CONTROL_CHARACTERS, '').slice(0, max) : ''
  }
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, string>
}
