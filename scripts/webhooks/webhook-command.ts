import { parseArgs } from 'node:util'

import { z } from 'zod'

/** What the operator asks for. */
export type WebhookCommand =
  | { readonly kind: 'list' | 'register' | 'check' }
  | { readonly kind: 'replay'; readonly which: Which; readonly from: 'paypal' | 'stored' }
type Which = { readonly ids: readonly string[] } | { readonly since: Date }

export const USAGE = `npm run paypal:webhooks -- list                         what is registered at PayPal
npm run paypal:webhooks -- register                     have PayPal deliver to this shop's APP_URL
npm run paypal:webhooks -- check                        compare PAYPAL_WEBHOOK_ID, address and events with what is needed
npm run paypal:webhooks -- replay WH-1 [WH-2 ...]       have PayPal deliver these events again
npm run paypal:webhooks -- replay --since 2026-11-20    or all since then; also 2026-11-20T08:00:00Z
npm run paypal:webhooks -- replay --stored ...          look anew at what is in the inbox already; ids or --since`

const EventId = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,100}$/, 'an event id looks like WH-2WR32451HC0233532-67976317FL4543714')
const Time = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], '--since takes 2026-11-20 or 2026-11-20T08:00:00Z')
  .transform((text) => new Date(text))

/** @throws Error with what is wrong, for the operator. */
export function readWebhookCommand(args: readonly string[]): WebhookCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { since: { type: 'string' }, stored: { type: 'boolean' } },
  })
  const [kind, ...ids] = positionals
  if (kind === 'replay') return { kind, which: readWhich(ids, values.since), from: values.stored ? 'stored' : 'paypal' }
  if (kind !== 'list' && kind !== 'register' && kind !== 'check')
    throw new Error(`There is no command "${kind ?? ''}".`)
  if (ids.length > 0 || values.since !== undefined || values.stored) throw new Error(`${kind} takes nothing further.`)
  return { kind }
}

function readWhich(ids: readonly string[], since: string | undefined): Which {
  if (ids.length > 0 === (since !== undefined)) throw new Error('Give event ids, or --since with a time.')
  const parsed = since === undefined ? z.array(EventId).safeParse(ids) : Time.safeParse(since)
  if (!parsed.success) throw new Error(parsed.error.issues[0]?.message ?? 'not understood')
  return parsed.data instanceof Date ? { since: parsed.data } : { ids: parsed.data }
}
