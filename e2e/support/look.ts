import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'

/** What only whole pages have: a mail is shown within another one. */
const OF_WHOLE_PAGES = ['landmark-one-main', 'region']
/** All that depends on colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** Writes a picture for people to look at, and lets axe look in light and in dark. */
export async function look(page: Page, name: string, what: 'page' | 'mail' = 'page'): Promise<void> {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager'
    await Promise.allSettled([...document.images].map((image) => image.decode()))
  })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({
      path: `screenshots/${test.info().project.name}/${name}-${colorScheme}.png`,
      // What lies over a page is as large as the window.
      fullPage: (await page.getByRole('dialog').count()) === 0,
      scale: 'css',
    })
    const found = colorScheme === 'light' ? await lookAtAll(page, what) : await lookAtColours(page)
    expect(found, `axe on ${name}, ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

const inWords = (violations: readonly Violation[]) =>
  violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)

async function lookAtAll(page: Page, what: 'page' | 'mail'): Promise<string[]> {
  // No page has frames of other origins, for which each look would open a further page.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  if (what === 'mail') axe.disableRules(OF_WHOLE_PAGES)
  return inWords((await axe.analyze()).violations)
}

/** The dark page is the same one in other colours, and axe is in it since the light one. */
async function lookAtColours(page: Page): Promise<string[]> {
  const violations = await page.evaluate(async (rules) => {
    const { axe } = window as unknown as {
      axe: { run: (context: Document, options: object) => Promise<{ violations: Violation[] }> }
    }
    const found = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] })
    return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }))
  }, OF_COLOURS)
  return inWords(violations)
}

/** Collects what a browser would complain of in its console; the test fails on any of it that is not `expected`. */
export function watchConsole(page: Page, expected?: RegExp): () => void {
  const complaints: string[] = []
  page.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning'
    if (isComplaint && !expected?.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return () => expect(complaints).toEqual([])
}
