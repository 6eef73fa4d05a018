import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

/**
 * Gives a command its environment. `--env FILE` names the shop that it is about, so that nothing of the shell or of `.env` may
 * point it at another one. Otherwise as Next does for the shop itself: what `.env` says counts unless the environment says
 * otherwise. The argument is taken away: it is nothing for the command itself. (Node takes `--env-file` for its own, wherever it
 * stands.)
 */
function loadEnvFile(): void {
  const at = process.argv.findIndex((argument) => argument === '--env' || argument.startsWith('--env='))
  if (at < 0) {
    if (existsSync('.env')) process.loadEnvFile('.env')
    return
  }
  const [named = '', next = ''] = process.argv.slice(at)
  const isApart = named === '--env'
  const file = isApart ? next : named.slice('--env='.length)
  process.argv.splice(at, isApart ? 2 : 1)
  try {
    Object.assign(process.env, parseEnv(readFileSync(file, 'utf8')))
  } catch (error) {
    console.error(`--env: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(2)
  }
}

loadEnvFile()
