// Runs scripts/<name>.ts with the Node of this project, on a bare clone too: installs what is missing first.
// This file is the only one that an older Node (20 and up) must understand.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

// Not `import.meta.dirname`, which came with 20.11.
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const [name, ...args] = process.argv.slice(2)

/** True when the lock file has changed since the last installation, or nothing was installed yet. */
function needsInstall() {
  const lock = path.join(root, 'package-lock.json')
  const installed = path.join(root, 'node_modules/.package-lock.json')
  return !existsSync(installed) || statSync(lock).mtimeMs > statSync(installed).mtimeMs
}

function install() {
  console.log('Installing packages (once)')
  const npm = process.env.npm_execpath
  // Not `npm ci`: it refuses a lock file that lacks an optional package of another platform, and a registry need not have
  // all of them. `install --no-save` takes the same pinned versions and leaves the lock file alone.
  const flags = [
    'install',
    '--no-save',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const options = { cwd: root, stdio: 'inherit' }
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...flags], options)
    : spawnSync('npm', flags, { ...options, shell: process.platform === 'win32' })
  if (status !== 0) process.exit(status ?? 1)
}

/** The pinned Node from npm's per-platform packages; without one for this machine, the running Node if it is new enough. */
function findNode() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  const target = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const pinned = [`node-${target}`, `node-bin-${target}`]
    .map((folder) => path.join(root, 'node_modules', folder, 'bin', file))
    .find((candidate) => existsSync(candidate))
  if (pinned) return pinned
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 13)) return process.execPath
  console.error(`Node ${process.versions.node} is too old and none is packaged for ${target}: install Node 24.`)
  process.exit(1)
}

if (needsInstall()) install()

const node = findNode()
const tsx = path.join(root, 'node_modules/tsx/dist/loader.mjs')
const leash = path.join(root, 'scripts/stack/exit-with-parent.mjs')
const preloads = [leash, tsx].flatMap((file) => ['--import', pathToFileURL(file).href])
const child = spawn(
  node,
  [
    ...preloads,
    '--conditions=react-server',
    path.join(root, name.includes('/') ? name : `scripts/${name}.ts`),
    ...args,
  ],
  {
    cwd: root,
    // The channel tells the child when this process is gone, however it went.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      PATH: [path.dirname(node), path.join(root, 'node_modules/.bin'), process.env.PATH].join(path.delimiter),
    },
  },
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
// npm passes a signal to its shell alone, which dies of it and leaves this process behind with another parent.
if (process.env.npm_lifecycle_event) {
  const { ppid } = process
  setInterval(() => process.ppid === ppid || child.kill('SIGTERM'), 500).unref()
}
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
