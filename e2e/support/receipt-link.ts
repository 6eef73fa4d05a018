import { createHash, createHmac, hkdfSync } from 'node:crypto'

/** A receipt's link as the shop makes it, with an end of its own: in the browser nobody can wait until one is over. */
export function receiptLinkUntil(orderNumber: string, end: Date): string {
  const secret = process.env['E2E_SESSION_SECRET']
  if (!secret) throw new Error('E2E_SESSION_SECRET is not set: run npm run test:e2e')
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'cartwright receipt links', 32))
  const id = createHash('sha256').update(key).digest('base64url').slice(0, 6)
  const signed = `${id}.${Math.floor(end.getTime() / 1000).toString(36)}`
  const mac = createHmac('sha256', key).update(`${orderNumber}:${signed}`).digest().subarray(0, 16)
  return `/orders/${orderNumber}?key=${signed}.${mac.toString('base64url')}`
}
