import type { APIRequestContext, APIResponse } from '@playwright/test'

import { Form } from './form'

/** Calls a server action as React's client does: the arguments as JSON, a form beside them under `$K` and its number. */
export async function callAction(
  ask: APIRequestContext,
  { id, at, send, headers }: { id: string; at: string; send: readonly unknown[]; headers: Record<string, string> },
): Promise<APIResponse> {
  const body = new FormData()
  const encoded = send.map((argument) => {
    if (!(argument instanceof Form)) return argument
    for (const [name, value] of Object.entries(argument.fields)) body.append(`_1_${name}`, value)
    return '$K1'
  })
  body.append('0', JSON.stringify(encoded))
  return ask.post(at, {
    multipart: body,
    headers: { 'next-action': id, accept: 'text/x-component', ...headers },
    maxRedirects: 0,
  })
}
