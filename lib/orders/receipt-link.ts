import 'server-only'

import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

import { RECEIPT_LINK_DAYS } from '@/lib/domain/order'
import { getEnvironment } from '@/lib/runtime/env'

/** Whoever has it may read the receipt until it is over. */
export interface ReceiptLink {
  readonly path: string
  readonly expiresAt: Date
}

/** Where the browser goes that has paid. It has no key: what opens it there is who one is, and ends with a sign-out. */
export function orderPath(orderNumber: string): string {
  return `/orders/${orderNumber}`
}

/** A link for mails and for passing on. Its key is `<key id>.<seconds since 1970, base 36>.<128 bits of an HMAC over all of it>`. */
export function makeReceiptLink(orderNumber: string, now: Date = new Date()): ReceiptLink {
  const expires = Math.floor(now.getTime() / 1000) + RECEIPT_LINK_DAYS * 24 * 60 * 60
  const [signer] = listSigners()
  const signed = `${signer.id}.${expires.toString(36)}`
  return linkWith(orderNumber, `${signed}.${sign(signer, orderNumber, signed)}`, expires)
}

/** The link that this key is from, or null for one that is over, wrong, or of another order. Compares in constant time. */
export function openReceiptLink(orderNumber: string, key: string | null, now: Date = new Date()): ReceiptLink | null {
  const [, id, expiresText, mac] = KEY_FORM.exec(key ?? '') ?? []
  const signer = listSigners().find((each) => each.id === id)
  if (!key || !signer || !expiresText || !mac) return null
  const expected = Buffer.from(sign(signer, orderNumber, `${id}.${expiresText}`))
  const given = Buffer.from(mac)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const expires = Number.parseInt(expiresText, 36)
  return expires * 1000 > now.getTime() ? linkWith(orderNumber, key, expires) : null
}

/** What lies below an order, such as `invoice`: opened by the link, or, without one, by who one is. */
export function placeBelow(link: ReceiptLink | string, place: string): string {
  return typeof link === 'string' ? `${orderPath(link)}/${place}` : link.path.replace('?', `/${place}?`)
}

/** Where a link of the look-up leads that is used or too old: to a new one. */
export const LOST_LINK_PATH = '/find-order?link=over'

const KEY_FORM = /^([\w-]{6})\.([0-9a-z]{1,9})\.([\w-]{22})$/

function linkWith(orderNumber: string, key: string, expires: number): ReceiptLink {
  return { path: `${orderPath(orderNumber)}?key=${key}`, expiresAt: new Date(expires * 1000) }
}

interface Signer {
  readonly id: string
  readonly key: Buffer
}

/** The one that signs, and the one before it, whose links are still in mails. The id says which, and nothing about the secret. */
function listSigners(): [Signer, ...Signer[]] {
  const { SESSION_SECRET, SESSION_SECRET_BEFORE } = getEnvironment()
  const before = SESSION_SECRET_BEFORE === undefined ? [] : [makeSigner(SESSION_SECRET_BEFORE)]
  return [makeSigner(SESSION_SECRET), ...before]
}

function makeSigner(secret: string): Signer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'cartwright receipt links', 32))
  return { id: createHash('sha256').update(key).digest('base64url').slice(0, 6), key }
}

function sign({ key }: Signer, orderNumber: string, signed: string): string {
  const mac = createHmac('sha256', key).update(`${orderNumber}:${signed}`).digest()
  return mac.subarray(0, 16).toString('base64url')
}
