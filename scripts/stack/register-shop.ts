import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { webhookAddress } from '@/lib/domain/webhook-registration'
import { openWebhooks } from '@/lib/payments/webhook-services'
import { parseEnvironment } from '@/lib/runtime/env'
import { getLog } from '@/lib/runtime/log'
import { registerWebhook } from '@/lib/webhooks/register-webhook'

/** What a shop needs in its environment to believe its webhooks. */
export interface WebhookSettings {
  readonly PAYPAL_WEBHOOK_ID: string
  readonly PAYPAL_WEBHOOK_CA: string
}

/**
 * Has the simulator tell the shop of `shopEnv` what happens, as `npm run paypal:webhooks -- register` would, and fetches who signs
 * for it. A registration that is there stays. `dataDir` is the simulator's own.
 * @throws Error when the simulator does not do it.
 */
export async function registerShop(
  shopEnv: Readonly<Record<string, string>>,
  dataDir: string,
): Promise<WebhookSettings> {
  // A person reads along: what every call took is for the shop's own log.
  getLog().level = 'error'
  const env = parseEnvironment(shopEnv, { registers: true })
  const url = webhookAddress(env.APP_URL)
  const outcome = await registerWebhook(openWebhooks(env), url)
  if (outcome.kind === 'unknown') {
    throw new Error(`The simulator did not register the shop's webhook ${url}: ${outcome.cause}`)
  }
  return {
    PAYPAL_WEBHOOK_ID: outcome.id,
    PAYPAL_WEBHOOK_CA: await keepAuthority(env.PAYPAL_SIMULATOR_URL ?? '', dataDir),
  }
}

/** The root that is to be believed, and the intermediate, which PayPal does not serve either. */
async function keepAuthority(simulatorUrl: string, dataDir: string): Promise<string> {
  const names = ['webhook-authority.pem', 'webhook-intermediate.pem']
  const texts = await Promise.all(names.map((name) => fetchText(`${simulatorUrl}/_simulator/${name}`)))
  const file = path.join(dataDir, 'simulator', 'webhook-authority.pem')
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, texts.join('\n'))
  return file
}

async function fetchText(address: string): Promise<string> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`The simulator answers ${response.status} at ${address}`)
  return response.text()
}
