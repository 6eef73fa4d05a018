import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

export const DEMO_ENV = 'demo.env'

/**
 * Keeps what the running shop was given where an operator's command can be pointed at it: `--env`. It holds secrets, and its
 * database is there only as long as the shop runs. @returns where it is, and how to take it away.
 */
export async function keepEnvironment(
  dataDir: string,
  env: Readonly<Record<string, string>>,
): Promise<{ file: string; forget: () => Promise<void> }> {
  const file = path.join(dataDir, DEMO_ENV)
  const lines = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}\n`)
  const forget = () => rm(file, { force: true })
  // A mode counts for a new file only.
  await forget()
  await writeFile(file, lines.join(''), { mode: 0o600 })
  return { file, forget }
}

/** In double quotes a backslash of a Windows path would begin an escape. */
function quote(value: string): string {
  const mark = ["'", '`', '"'].find((each) => !value.includes(each))
  if (mark === undefined) throw new Error('a value with each kind of quote cannot be written into an environment file')
  return `${mark}${value}${mark}`
}
