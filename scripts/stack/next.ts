import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { runToEnd } from './run-to-end'

const root = path.resolve(import.meta.dirname, '../..')
export const NEXT_CLI = 'node_modules/next/dist/bin/next'
const STAMP = path.join(root, '.next/built-from')

const SOURCES = ['app', 'components', 'lib', 'db', 'public'].map((folder) => `${folder}/**/*`)
const ROOT_FILES = ['*.{ts,mjs,json}', 'package-lock.json']
const IRRELEVANT =
  /\.test\.tsx?$|^db\/(seed|migrations|testing)\/|^next-env\.d\.ts$|^(vitest|playwright|drizzle|knip)[.-]/

/** Builds the shop unless the last build was made from the same sources. True when it built. */
export async function ensureBuild(): Promise<boolean> {
  const sources = await hashSources()
  const built = await readFile(STAMP, 'utf8').catch(() => '')
  if (built === sources) return false
  await rm(STAMP, { force: true })
  await runToEnd('next build', [NEXT_CLI, 'build'], { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
  await mkdir(path.dirname(STAMP), { recursive: true })
  await writeFile(STAMP, sources)
  return true
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256')
  const files = globSync([...SOURCES, ...ROOT_FILES], { cwd: root })
    .filter((file) => !IRRELEVANT.test(file.replaceAll('\\', '/')))
    .toSorted()
  for (const file of files) {
    const absolute = path.join(root, file)
    if ((await stat(absolute)).isFile()) hash.update(`${file}\0`).update(await readFile(absolute))
  }
  return hash.digest('hex')
}
