import { gzipSync } from 'node:zlib'

import { startTestStack } from './stack/test-stack'
import { findFullestPages } from './testing/fullest-pages'
import { printResult } from './testing/results'

/** Gzipped bytes. What a phone on a slow line is asked to load before it can use a catalogue page. */
const SCRIPT_MAX = 150_000
const HTML_MAX = 10_000

interface Finding {
  readonly what: string
  readonly ok: boolean
}

async function checkShop(shop: string, databaseUrl: string): Promise<Finding[]> {
  const findings = []
  for (const page of await findFullestPages(databaseUrl)) findings.push(...(await checkPage(shop, page)))
  return findings
}

async function checkPage(shop: string, page: string): Promise<Finding[]> {
  await (await fetch(new URL(page, shop))).text()
  const second = await fetch(new URL(page, shop))
  const html = await second.text()
  const cache = second.headers.get('x-nextjs-cache')
  const scripts = listScripts(html)
  const sizes = await Promise.all(scripts.map(async (script) => gzipped(await load(new URL(script, shop)))))
  const scriptBytes = sizes.reduce((total, size) => total + size, 0)
  return [
    { what: `${page} is static: the second request is a ${cache ?? 'dynamic page'}`, ok: cache === 'HIT' },
    { what: `${page} has ${gzipped(html)} of ${HTML_MAX} bytes of HTML`, ok: gzipped(html) <= HTML_MAX },
    { what: `${page} has ${scriptBytes} of ${SCRIPT_MAX} bytes of JavaScript`, ok: scriptBytes <= SCRIPT_MAX },
    { what: `${page} loads nothing from PayPal`, ok: !scripts.some((script) => /paypal|web-sdk/i.test(script)) },
  ]
}

/** What the document makes a modern browser load: scripts and script preloads, without those for browsers of old. */
function listScripts(html: string): string[] {
  const tags = [...html.matchAll(/<(script|link)\b[^>]*>/g)].map(([tag]) => tag)
  const wanted = tags.filter((tag) => {
    if (tag.startsWith('<script')) return /\ssrc="/.test(tag) && !/\snomodule/i.test(tag)
    return /rel="modulepreload"/.test(tag) || (/rel="preload"/.test(tag) && /as="script"/.test(tag))
  })
  const addresses = wanted.map((tag) => /\s(?:src|href)="([^"]+)"/.exec(tag)?.[1]?.replaceAll('&amp;', '&') ?? '')
  return [...new Set(addresses)]
}

async function load(address: URL): Promise<string> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address.pathname} answers ${response.status}`)
  return response.text()
}

function gzipped(text: string): number {
  return gzipSync(text).length
}

const running = process.env['E2E_SHOP_URL']
const stack = running ? null : await startTestStack()
const env = stack?.env ?? process.env
const findings = await checkShop(env['E2E_SHOP_URL'] ?? '', env['E2E_DATABASE_URL'] ?? '')
await stack?.stop()
for (const { what, ok } of findings) console.log(`${ok ? '✓' : '✗'} ${what}`)
const failed = findings.filter(({ ok }) => !ok).length
printResult({ name: 'budget', passed: findings.length - failed, failed })
