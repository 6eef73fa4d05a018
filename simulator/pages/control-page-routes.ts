import { Hono } from 'hono'
import type { HttpEnv } from '../rest/http-env'
import type { Simulator } from '../simulator'
import { controlPage } from './control-page'

/** `GET /_simulator`: the simulation as people see it. */
export function controlPageRoutes(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  routes.get('/_simulator', (c) => {
    c.header('cache-control', 'no-store')
    return c.html(controlPage(simulator))
  })
  return routes
}
