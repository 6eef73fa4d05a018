import { expect, test, type Locator, type Page } from '@playwright/test'

import { buySomething, newEmail } from '../support/buying'
import { look, watchConsole } from '../support/look'
import { fromNewNetwork } from '../support/members'
import { signInAs, signInAsOwner } from '../support/staff'

test.use(fromNewNetwork())

/** Of the palette: forms of the page have fields with suggestions, too. */
const inputOf = (page: Page) => page.getByRole('dialog').getByRole('combobox')

/** Keys work once the page's script does: until then they are pressed again. */
async function pressFor(page: Page, key: string, what: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key)
    await expect(what).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
}

test('an order, a customer, a product and a page are gone to by their names', async ({ page, browser, isMobile }) => {
  test.slow()
  const expectQuietConsole = watchConsole(page)
  const email = newEmail()
  const buyer = await browser.newContext()
  const orderNumber = await buySomething(await buyer.newPage(), email)
  await buyer.close()
  await signInAsOwner(page)
  const open = async () => {
    if (isMobile) {
      await page.getByRole('link', { name: 'Find' }).click()
      await expect(inputOf(page)).toBeFocused()
    } else {
      await pressFor(page, 'Control+k', inputOf(page))
    }
  }
  await open()
  await look(page, 'admin-palette')
  await inputOf(page).fill(orderNumber.toLowerCase())
  await expect(page.getByRole('option', { name: new RegExp(orderNumber) })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `Order ${orderNumber}` })).toBeVisible()
  await open()
  await inputOf(page).fill(email)
  await expect(page.getByRole('group', { name: 'Customers' }).getByRole('option')).toContainText(email)
  await look(page, 'admin-palette-found')
  await page.getByRole('group', { name: 'Customers' }).getByRole('option').click()
  await expect(page.getByRole('heading', { level: 1, name: email })).toBeVisible()
  await open()
  await inputOf(page).fill('contour')
  await expect(page.getByRole('group', { name: 'Products' }).getByRole('option').first()).toContainText(/contour/i)
  await inputOf(page).fill('webhooks')
  await expect(page.getByRole('option', { name: 'Webhooks' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/admin\/payments\/webhooks$/)
  await open()
  await inputOf(page).fill('nothing is called so')
  await expect(page.getByText('Nothing is called like that.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(inputOf(page)).toHaveCount(0)
  expectQuietConsole()
})

test('keys lead to places and rows, are listed, and can be switched off', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a telephone has no keys')
  const expectQuietConsole = watchConsole(page)
  await signInAsOwner(page)
  await pressFor(page, '?', page.getByRole('dialog', { name: 'Keys' }))
  await look(page, 'admin-keys')
  await page.getByRole('button', { name: 'Close' }).click()
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible()
  await pressFor(page, '/', page.getByRole('searchbox').and(page.locator(':focus')))
  await page.keyboard.type('gs?')
  await expect(page.getByRole('searchbox')).toHaveValue('gs?')
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('j')
  await expect(page.locator('.desk-row-link').first()).toBeFocused()
  await page.keyboard.press('?')
  await page.getByLabel('Keys without Ctrl work in this browser').uncheck()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.keyboard.press('?')
  await page.keyboard.press('Control+k')
  await expect(inputOf(page)).toBeFocused()
  await expect(page.getByRole('dialog', { name: 'Keys' })).toHaveCount(0)
  expectQuietConsole()
})

test('nobody finds what is not for their role, with scripts or without', async ({ page, browser }) => {
  test.slow()
  const buyer = await browser.newContext()
  const email = newEmail()
  const orderNumber = await buySomething(await buyer.newPage(), email)
  await buyer.close()
  await signInAs(page, 'fulfilment')
  await page.goto('/admin/find')
  await expect(page.getByRole('link', { name: 'Settings' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Webhooks' })).toHaveCount(0)
  await page.goto(`/admin/find?q=${email}`)
  await expect(page.getByRole('region', { name: 'Orders' }).getByText(orderNumber)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Customers' })).toHaveCount(0)
  await look(page, 'admin-find')
  const answer = await page.request.get(`/admin/find/results?q=${email}`)
  const { groups } = (await answer.json()) as { groups: { name: string }[] }
  expect(groups.map(({ name }) => name)).toEqual(['Orders'])
})
