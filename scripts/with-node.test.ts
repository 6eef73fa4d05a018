import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')

test.skipIf(process.platform === 'win32').for(['SIGTERM', 'SIGKILL'] as const)(
  'a command ends when %s has taken the shell in which npm ran it',
  async (signal) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'with-node-'))
    const endless = path.join(folder, 'endless.ts')
    await writeFile(endless, "console.log('started')\nsetInterval(() => {}, 60_000)\n")
    // What npm does; the second command keeps the shell from becoming the first one itself.
    const shell = spawn('sh', ['-c', `node scripts/with-node.mjs ${path.relative(root, endless)}; true`], {
      cwd: root,
      env: { ...process.env, npm_lifecycle_event: 'demo' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(shell.stdout, 'data')
    shell.kill(signal)
    // Its output closes when the last process that could write to it has ended.
    await once(shell, 'close')
    expect(shell.signalCode).toBe(signal)
    await rm(folder, { recursive: true })
  },
)
