import { existsSync } from 'node:fs'

import { chromium } from '@playwright/test'

/**
 * A Chromium that needs no download beside npm's: the packaged one on Linux x64, unpacked on first use; elsewhere the one
 * that Playwright has installed, else the system's Chrome (null).
 */
export async function findChromium(): Promise<string | null> {
  if (process.env['E2E_CHROMIUM']) return process.env['E2E_CHROMIUM']
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: packaged } = await import('@sparticuz/chromium')
    return packaged.executablePath()
  }
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null
}
