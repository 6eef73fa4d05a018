import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { editsOf, type Mutant } from './mutants'

const root = path.resolve(import.meta.dirname, '../..')
/** What the schedules load, and what they need to be run. */
const COPIED = ['components', 'db', 'lib', 'prove', 'scripts', 'simulator', 'testing', 'package.json', 'tsconfig.json']

/** A copy of the code with one thing broken, and how to be rid of it. */
export async function makeMutatedCopy(mutant: Mutant) {
  const folder = await mkdtemp(path.join(tmpdir(), 'cartwright-mutant-'))
  for (const entry of COPIED) await cp(path.join(root, entry), path.join(folder, entry), { recursive: true })
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  for (const { file, find, replace } of editsOf(mutant)) {
    const target = path.join(folder, file)
    const text = await readFile(target, 'utf8')
    const [before, after, ...more] = text.split(find)
    if (before === undefined || after === undefined || more.length > 0) throw new Error(`where to break ${file}?`)
    await writeFile(target, before + replace + after)
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
