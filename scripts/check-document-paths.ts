import { existsSync, globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

import { printResult } from './testing/results'

/** Folders and files at the root by which a word in backticks is recognised as a path of this repository. */
const ROOTS =
  /^(app|components|db|docs|e2e|lib|public|scripts|simulator|testing)\/|^[a-z.-]+\.(ts|json|md|mjs|config\.ts)$/
const CODE = /`([^`\n]+)`/g

/** A path may have wildcards; the brackets of a route do not count as such. */
function isThere(path: string): boolean {
  return existsSync(path) || globSync(path.replaceAll(/[[\]()]/g, '\\$&')).length > 0
}

let passed = 0
const missing: string[] = []
for (const document of ['README.md', ...globSync('docs/**/*.md')].filter((file) => existsSync(file))) {
  for (const [, code = ''] of (await readFile(document, 'utf8')).matchAll(CODE)) {
    const path = code.replace(/:\d+$/, '')
    if (!ROOTS.test(path) || /[\s…]|\.\.\./.test(path)) continue
    if (isThere(path)) passed += 1
    else missing.push(`${document} names ${path}, which does not exist`)
  }
}
for (const line of missing) console.error(line)
printResult({ name: 'document paths', passed, failed: missing.length })
