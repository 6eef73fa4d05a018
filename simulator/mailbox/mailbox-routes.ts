import { Hono } from 'hono'
import { readJson } from '../controls/read-json'
import type { HttpEnv } from '../rest/http-env'
import { MAIL_FAULT_KINDS, type MailFault, type MailFaultKind } from './faults'
import type { Mailbox } from './mailbox'
import { listPage, messagePage } from './mailbox-page'
import { readMessage } from './message-store'

/** `/_mailbox`: what the shop has sent, for people and for tests. */
export function mailboxRoutes({ store, faults }: Mailbox): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
  routes.use(async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
  })
  routes.get('/', (c) => c.html(listPage(store.all(), c.req.query('to')?.toLowerCase() ?? '')))

  routes.get('/messages', async (c) => {
    const to = c.req.query('to')?.toLowerCase()
    const found = store.all().filter((message) => to === undefined || message.to.includes(to))
    return c.json({ messages: await Promise.all(found.map(readMessage)) })
  })
  routes.delete('/messages', (c) => {
    store.clear()
    return c.body(null, 204)
  })

  routes.get('/faults', (c) => c.json({ faults: faults.waiting() }))
  routes.post('/faults', async (c) => {
    const fault = readFault(await readJson(c))
    if (fault === null) return c.json({ error: `fault must be one of ${MAIL_FAULT_KINDS.join(', ')}` }, 400)
    faults.queue(fault)
    return c.json(fault, 201)
  })
  routes.delete('/faults', (c) => {
    faults.clear()
    return c.body(null, 204)
  })

  routes.get('/:id', async (c) => {
    const message = store.find(c.req.param('id'))
    return message === undefined ? c.notFound() : c.html(messagePage(await readMessage(message)))
  })
  routes.get('/:id/html', async (c) => {
    const message = store.find(c.req.param('id'))
    if (message === undefined) return c.notFound()
    const { html } = await readMessage(message)
    // Whatever a mail contains, it can do no more here than in a mail program: pictures, styles, links to new windows.
    c.header(
      'content-security-policy',
      "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src * data:; style-src 'unsafe-inline'",
    )
    return c.html(html.replace('<head>', '<head><base target="_blank">'))
  })
  routes.get('/:id/raw', (c) => {
    const message = store.find(c.req.param('id'))
    if (message === undefined) return c.notFound()
    return c.text(Buffer.from(message.raw, 'base64').toString('utf8'))
  })
  return routes
}

function readFault(body: Record<string, unknown>): MailFault | null {
  const { fault, times = 1, delayMs, to } = body
  if (!MAIL_FAULT_KINDS.includes(fault as MailFaultKind)) return null
  if (!Number.isSafeInteger(times) || (times as number) < 1) return null
  return {
    fault: fault as MailFaultKind,
    times: times as number,
    ...(typeof delayMs === 'number' ? { delayMs } : {}),
    ...(typeof to === 'string' ? { to: to.toLowerCase() } : {}),
  }
}
