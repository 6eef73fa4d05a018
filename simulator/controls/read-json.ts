import { isObject, type JsonObject } from '../orders/field-checks'
import type { HttpContext } from '../rest/http-env'

/** The body as an object; a body that is none counts as empty. */
export async function readJson(c: HttpContext): Promise<JsonObject> {
  try {
    const body: unknown = await c.req.json()
    return isObject(body) ? body : {}
  } catch {
    return {}
  }
}

/** The same for what a form on the control page sends, too. Fields left empty count as absent. */
export async function readBody(c: HttpContext): Promise<JsonObject> {
  if (!(c.req.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded')) return readJson(c)
  return Object.fromEntries(Object.entries(await c.req.parseBody()).filter(([, value]) => value !== ''))
}
