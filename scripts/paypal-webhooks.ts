import './load-env-file'

import { openWebhooks } from '@/lib/payments/webhook-services'
import { EnvironmentError, parseEnvironment } from '@/lib/runtime/env'

import { runWebhookCommand } from './webhooks/run-webhook-command'
import { readWebhookCommand, USAGE, type WebhookCommand } from './webhooks/webhook-command'

/**
 * `npm run paypal:webhooks -- list|register|check|replay`. Ends with 0 when all is well, 1 when the registration is not what the
 * shop needs or an event was not sent again, 2 when it could not be done.
 */
async function run(): Promise<number> {
  let command: WebhookCommand
  try {
    command = readWebhookCommand(process.argv.slice(2))
  } catch (error) {
    console.error('%s\n\n%s', error instanceof Error ? error.message : error, USAGE)
    return 2
  }
  // A person reads along: what every call took is for the shop's own log.
  process.env['LOG_LEVEL'] = 'error'
  const env = parseEnvironment(process.env, { registers: true })
  return runWebhookCommand(command, {
    env,
    webhooks: openWebhooks(env),
    say: (line) => console.log(line),
    complain: (line) => console.error(line),
  })
}

try {
  process.exit(await run())
} catch (error) {
  console.error(error instanceof EnvironmentError ? error.message : error)
  process.exit(2)
}
