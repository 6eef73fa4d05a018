import type { APIResponse } from '@playwright/test'

import type { Actor } from './cast'

/** A status, or being led to sign in. */
export type Answer = number | 'sign-in'
export type Answers = Readonly<Record<Actor, Answer>>

export const toEverybody = (answer: Answer): Answers => ({ guest: answer, A: answer, B: answer, disabled: answer })

/** Something that every member has of their own. */
export const toMembers = (answer: Answer = 200): Answers => ({
  guest: 'sign-in',
  A: answer,
  B: answer,
  disabled: 'sign-in',
})

/** Something that is A's: it is not there for B. */
export const toOwner = (answer: Answer = 200): Answers => ({ guest: 'sign-in', A: answer, B: 404, disabled: 'sign-in' })

/** Something that is A's, at a door that has no sign-in page to lead to. */
export const toOwnerAlone = (answer: Answer): Answers => ({ guest: 404, A: answer, B: 404, disabled: 404 })

/** Where an answer leads, however it says so: by its status, to a script, or in what an action returned. */
export function whereTo(response: APIResponse, body: string): string {
  const headers = response.headers()
  const said = headers['x-action-redirect'] ?? headers['location']
  return said ?? /"goTo":"([^"]*)"/.exec(body)?.[1] ?? ''
}

/** An action that leads on may send the next page along at once, with 200: that is a 303 to a script. */
export function judge(response: APIResponse, body: string): Answer {
  return /^(https?:\/\/[^/]+)?\/sign-in(\?|$)/.test(whereTo(response, body)) ? 'sign-in' : statusOf(response)
}

function statusOf(response: APIResponse): number {
  return response.headers()['x-action-redirect'] && response.ok() ? 303 : response.status()
}
