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
