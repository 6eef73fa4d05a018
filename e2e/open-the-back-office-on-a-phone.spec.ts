import { expect, test } from '@playwright/test'

import { findPages } from './doors/find-doors'
import { look, watchConsole } from './support/look'
import { fromNewNetwork } from './support/members'
import { makeOneOfEach } from './support/one-of-each'
import { signInAsOwner } from './support/staff'

test.use(fromNewNetwork())
test.skip(({ isMobile }) => !isMobile, 'elsewhere the flows themselves look at these pages')

/** Only who has no second factor, or an invitation, sees these. */
const DOORSTEPS = new Set(['/admin/join', '/admin/second-factor', '/admin/second-factor/set-up'])

test('every page of the back office fits a telephone, and is accessible', async ({ page, browser }) => {
  test.setTimeout(600_000)
  const expectQuietConsole = watchConsole(page)
  const addressOf = await makeOneOfEach(browser)
  await signInAsOwner(page)
  for (const path of findPages().filter((each) => each.startsWith('/admin') && !DOORSTEPS.has(each))) {
    await page.goto(addressOf(path))
    await expect(page.getByRole('heading', { level: 1 }), path).toBeVisible()
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wider, `${path} is wider than the window`).toBe(0)
    await look(page, `phone${path.replaceAll(/[/[\]]+/g, '-').replace(/-$/, '')}`)
  }
  expectQuietConsole()
})
