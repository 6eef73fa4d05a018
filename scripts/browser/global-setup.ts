import { startTestStack } from '../stack/test-stack'
import { findChromium } from './find-chromium'

/**
 * Gives the browser tests their browser and, unless `npm test` has already started one, their shop. Playwright's workers
 * inherit the environment and read playwright.config.ts anew.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  const chromium = await findChromium()
  if (chromium) process.env['E2E_CHROMIUM'] = chromium
  if (process.env['E2E_SHOP_URL']) return undefined
  const stack = await startTestStack()
  Object.assign(process.env, stack.env)
  return stack.stop
}
