import { Hono } from 'hono'
import type { HttpEnv } from '../rest/http-env'
import { DEFAULT_SETTINGS, type Settings } from '../settings'
import type { Simulator } from '../simulator'
import { readJson } from './read-json'

/** `GET`, `POST /_simulator/settings`: any of the settings, in JSON. */
export function settingsControls(simulator: Simulator): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  routes.get('/settings', (c) => c.json(simulator.settings))
  routes.post('/settings', async (c) => {
    const body = await readJson(c)
    const wrong = Object.entries(body).find(
      ([name, value]) =>
        !(name in DEFAULT_SETTINGS) || typeof value !== typeof DEFAULT_SETTINGS[name as keyof Settings],
    )
    if (wrong !== undefined) return c.json({ error: `${wrong[0]} is no setting, or has another type` }, 400)
    Object.assign(simulator.settings, body)
    return c.json(simulator.settings)
  })
  return routes
}
