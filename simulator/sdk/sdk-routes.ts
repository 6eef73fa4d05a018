import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { originOf, type HttpEnv } from '../rest/http-env'

// Browsers load PayPal's script as a classic one, so the modules are joined, each after those it needs.
const MODULES = ['origin', 'overlay', 'stage', 'buyer-result', 'session', 'button', 'core']
const SCRIPT = `(() => {\n"use strict";\n${MODULES.map(readModule).join('\n')}})();\n`

/** PayPal's v6 browser script, under the path that its loader looks for. Any query is accepted and ignored. */
export function sdkRoutes(): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  routes.get('/web-sdk/v6/core', (c) => {
    const script = SCRIPT.replace("'__SIMULATOR_ORIGIN__'", JSON.stringify(originOf(c)))
    return c.body(script, 200, {
      'content-type': 'text/javascript;charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-cache',
    })
  })
  return routes
}

/** A module's code without its imports and exports: joined, all of them share one scope. */
function readModule(name: string): string {
  const code = readFileSync(new URL(`./${name}.js`, import.meta.url), 'utf8')
  return code.replaceAll(/^import .*\n/gm, '').replaceAll(/^export /gm, '')
}
