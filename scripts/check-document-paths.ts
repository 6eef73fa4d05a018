import { existsSync, globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { printResult } from './testing/results'

/** Folders and files at the root by which a word in backticks is recognised as a path of this repository. */
const ROOTS =
  /^(app|components|db|docs|e2e|lib|public|scripts|simulator|testing)\/|^[a-z.-]+\.(ts|json|md|mjs|config\.ts)$/
const CODE = /`([^`\n]+)`/g
const PICTURE = /!\[[^\]]*\]\(([^)\s]+)\)/g

/** A path may have wildcards; the brackets of a route do not count as such. */
function isThere(path: string): boolean {
  return existsSync(path) || globSync(path.replaceAll(/[[\]()]/g, '\\$&')).length > 0
}

let passed = 0
const missing: string[] = []
for (const document of ['README.md', ...globSync('docs/**/*.md')].filter((file) => existsSync(file))) {
  const text = await readFile(document, 'utf8')
  const named = [...text.matchAll(CODE)]
    .map(([, code = '']) => code.replace(/:\d+$/, ''))
    .filter((path) => ROOTS.test(path) && !/[\s…]|\.\.\./.test(path))
  const pictures = [...text.matchAll(PICTURE)].map(([, path = '']) => join(dirname(document), path))
  for (const path of [...named, ...pictures]) {
    if (isThere(path)) passed += 1
    else missing.push(`${document} names ${path}, which does not exist`)
  }
}
for (const line of missing) console.error(line)
printResult({ name: 'document paths', passed, failed: missing.length })
