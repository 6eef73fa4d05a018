import { createDatabase } from '@/db/client'
import { reopenEvents } from '@/db/queries/webhook-events'
import type { Unknown } from '@/lib/domain/payment-gateway'
import { WEBHOOK_EVENTS } from '@/lib/domain/webhook'
import type { RegisteredWebhook, WebhookGateway } from '@/lib/domain/webhook-gateway'
import { findRegistrationFaults, webhookAddress, type RegistrationFault } from '@/lib/domain/webhook-registration'
import type { Environment } from '@/lib/runtime/env'
import { registerWebhook } from '@/lib/webhooks/register-webhook'
import { resendEvents, type WhichEvents } from '@/lib/webhooks/resend-events'

import type { WebhookCommand } from './webhook-command'

export interface CommandSurroundings {
  readonly env: Environment
  readonly webhooks: WebhookGateway
  readonly say: (line: string) => void
  readonly complain: (line: string) => void
}

/** 0: done, and all is well. 1: done, and something is not as it should be. 2: it could not be done. */
export type ExitCode = 0 | 1 | 2

export async function runWebhookCommand(command: WebhookCommand, around: CommandSurroundings): Promise<ExitCode> {
  switch (command.kind) {
    case 'list':
      return list(around)
    case 'register':
      return register(around)
    case 'check':
      return check(around)
    case 'replay':
      return command.from === 'stored' ? lookAnew(around, command.which) : resend(around, command.which)
  }
}

async function list({ env, webhooks, say, complain }: CommandSurroundings): Promise<ExitCode> {
  const seen = await webhooks.listWebhooks()
  if (seen.kind === 'unknown') return noAnswer(complain, seen)
  if (seen.webhooks.length === 0) say('No webhook is registered with these credentials.')
  for (const { id, url, eventTypes } of seen.webhooks) {
    say(`${id}  ${url}${id === env.PAYPAL_WEBHOOK_ID ? '  (PAYPAL_WEBHOOK_ID)' : ''}`)
    for (const name of eventTypes) say(`    ${name}`)
  }
  return 0
}

async function register({ env, webhooks, say, complain }: CommandSurroundings): Promise<ExitCode> {
  const url = webhookAddress(env.APP_URL)
  if (env.PAYPAL_ENVIRONMENT !== 'simulator' && !url.startsWith('https://')) {
    complain(`PayPal delivers to https addresses only, and APP_URL is ${env.APP_URL}`)
    return 2
  }
  const outcome = await registerWebhook(webhooks, url)
  if (outcome.kind === 'unknown') return noAnswer(complain, outcome)
  const done = {
    registered: 'Registered',
    extended: 'Events were missing and are now told at',
    was_there: 'Already registered:',
  }
  say(`${done[outcome.kind]} ${url}, ${WEBHOOK_EVENTS.length} kinds of events are told.`)
  if (env.PAYPAL_WEBHOOK_ID === outcome.id) return 0
  say(`Set PAYPAL_WEBHOOK_ID=${outcome.id} and start the shop and the worker again.`)
  if (env.PAYPAL_WEBHOOK_ID) say(`It is ${env.PAYPAL_WEBHOOK_ID} now: that registration was left as it is.`)
  return 0
}

async function check({ env, webhooks, say, complain }: CommandSurroundings): Promise<ExitCode> {
  const seen = await webhooks.listWebhooks()
  if (seen.kind === 'unknown') return noAnswer(complain, seen)
  const url = webhookAddress(env.APP_URL)
  const faults = findRegistrationFaults(seen.webhooks, { id: env.PAYPAL_WEBHOOK_ID ?? null, url })
  for (const fault of faults) complain(describeFault(fault, url, seen.webhooks))
  if (faults.length > 0) {
    complain('Put it right with: npm run paypal:webhooks -- register')
    return 1
  }
  say(`PayPal tells ${url} of all ${WEBHOOK_EVENTS.length} kinds of events, as ${env.PAYPAL_WEBHOOK_ID}.`)
  return 0
}

function describeFault(fault: RegistrationFault, url: string, registered: readonly RegisteredWebhook[]): string {
  switch (fault.kind) {
    case 'no_id': {
      const there = registered.find((webhook) => webhook.url === url)
      const hint = there ? `; the registration of ${url} is ${there.id}` : ''
      return `PAYPAL_WEBHOOK_ID is not set: nothing that PayPal delivers can be verified${hint}.`
    }
    case 'unknown_id':
      return `PayPal has no webhook ${fault.id} for these credentials.`
    case 'other_address':
      return `${fault.id} delivers to ${fault.url}, not to ${url}.`
    case 'events_missing':
      return `${fault.id} is not told of: ${fault.eventTypes.join(', ')}.`
  }
}

async function resend({ env, webhooks, say, complain }: CommandSurroundings, which: WhichEvents): Promise<ExitCode> {
  if (!env.PAYPAL_WEBHOOK_ID) {
    complain('PAYPAL_WEBHOOK_ID is not set: PayPal has to be told where to. npm run paypal:webhooks -- register')
    return 2
  }
  const outcome = await resendEvents(webhooks, env.PAYPAL_WEBHOOK_ID, which)
  if (outcome.kind === 'unknown') return noAnswer(complain, outcome)
  for (const eventId of outcome.sent) say(`${eventId} is on its way`)
  for (const { eventId, cause } of outcome.notSent) complain(`${eventId} is not sent again: ${cause}`)
  say(
    `${outcome.sent.length} sent again, ${outcome.notSent.length} not. What the inbox has already is only looked at again with --stored.`,
  )
  return outcome.notSent.length > 0 ? 1 : 0
}

async function lookAnew({ env, say, complain }: CommandSurroundings, which: WhichEvents): Promise<ExitCode> {
  const db = createDatabase(env.DATABASE_URL, { poolMax: 1 })
  const reopened = await reopenEvents(db, which)
  await db.$client.end()
  for (const eventId of reopened) say(`${eventId} is due again`)
  const missing = 'ids' in which ? which.ids.filter((id) => !reopened.includes(id)) : []
  for (const eventId of missing) complain(`${eventId} is not in the inbox`)
  say(`${reopened.length} due again; the worker looks at them within seconds.`)
  return missing.length > 0 ? 1 : 0
}

function noAnswer(complain: (line: string) => void, { cause, debugId }: Unknown): ExitCode {
  complain(`PayPal did not do it: ${cause}${debugId ? ` (debug id ${debugId})` : ''}`)
  if (cause === 'no access token') complain('Is it away, or are client id and secret not those of PAYPAL_ENVIRONMENT?')
  return 2
}
