import type { HttpContext } from '../rest/http-env'

/** A form on the control page is led back to it; a program gets the record. */
export function backTo(c: HttpContext, record: object, status: 200 | 201 = 200): Response {
  return (c.req.header('accept') ?? '').includes('text/html') ? c.redirect('/_simulator', 303) : c.json(record, status)
}
