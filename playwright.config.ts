import { defineConfig } from '@playwright/test'

const executablePath = process.env['E2E_CHROMIUM']
const shop = process.env['E2E_SHOP_URL']

const BACK_OFFICE = '**/admin/*.spec.ts'
/** Who may do what in the back office, asked without a page: it has no size. */
const ROLES = '**/keep-staff-at-their-own.spec.ts'
/** What is asked or waited for without looking at a page: it has no size either, and is run once. */
const OF_NO_SIZE = [
  '**/attack-a-sign-in.spec.ts',
  '**/end-an-account.spec.ts',
  '**/forge-forms.spec.ts',
  '**/keep-everybody-at-their-own.spec.ts',
  '**/tell-operators-how-the-money-is.spec.ts',
]
/** What begins at the receipt and ends at the desk is seen at all three sizes. */
const OF_BUYER_AND_STAFF = ['**/print-papers.spec.ts', '**/send-something-back.spec.ts', '**/use-a-discount.spec.ts']

export default defineConfig({
  testDir: 'e2e',
  // Desktop and phone may run side by side, each on a shop of its own: neither clears away what the other found.
  outputDir: `test-results/${process.env['E2E_RUN'] ?? 'all'}`,
  globalSetup: './scripts/browser/global-setup.ts',
  // One shop, one simulator: a fault that one test orders must not meet the payment of another.
  workers: 1,
  // A test that passes the second time has found something.
  retries: 0,
  // Deadlines for what hangs, not measures: a slow machine must not turn a test red.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: `.test/playwright-${process.env['E2E_RUN'] ?? 'all'}.json` }]],
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
    // Says which step hangs, minutes before the test as a whole gives up.
    actionTimeout: 60_000,
    // A trace of every test costs about a quarter of the time of all of them: asked for when one is to be looked into.
    trace: process.env['E2E_TRACE'] ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'desktop', testIgnore: [BACK_OFFICE, ROLES], use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      testIgnore: [BACK_OFFICE, ROLES, ...OF_NO_SIZE],
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
    { name: 'roles', testMatch: ROLES, use: { viewport: { width: 1440, height: 900 } } },
    // Whoever runs the shop sits at a desk or holds a tablet; on a phone one test opens every page of /admin.
    { name: 'office', testMatch: BACK_OFFICE, use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'tablet',
      testMatch: [BACK_OFFICE, ...OF_BUYER_AND_STAFF],
      use: { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true },
    },
  ],
})
