import { defineConfig } from '@playwright/test'

const executablePath = process.env['E2E_CHROMIUM']
const shop = process.env['E2E_SHOP_URL']

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './scripts/browser/global-setup.ts',
  // One shop, one simulator: a fault that one test orders must not meet the payment of another.
  workers: 1,
  // A test that passes the second time has found something.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '.test/playwright.json' }]],
  use: {
    ...(shop ? { baseURL: shop } : {}),
    browserName: 'chromium',
    ...(executablePath ? {} : { channel: 'chrome' }),
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Chromium has no sandbox where it runs as root or without user namespaces, as in most containers.
      args: process.platform === 'linux' ? ['--no-sandbox'] : [],
    },
    locale: 'en-US',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
  ],
})
