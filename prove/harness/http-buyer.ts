import { sealData } from 'iron-session'

import type { Cart } from '@/lib/domain/cart'
import type { CheckoutDraft } from '@/lib/domain/checkout'

/** What the shop said. No answer at all is no failure: nobody knows. */
export type ShopAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'no_answer'; readonly cause: string }

/** An answer with the PayPal order that was asked about; null when a payment was to begin. */
export type Told = ShopAnswer & { readonly about: string | null }

const COOKIE_TTL_SECONDS = 3_600
/** A browser gives up later than this; a proof must not hang. */
const PATIENCE_MS = 60_000

/**
 * A browser at the payment step: it has a cart and its details in sealed cookies, as the steps before would have left
 * them, and keeps what the shop sets from then on.
 */
export class HttpBuyer {
  readonly cart: Cart
  /** The first shop is asked unless a call names another. */
  readonly shopUrl: string
  readonly cookies = new Map<string, string>()
  /** Everything it has been told, in order. */
  readonly told: Told[] = []
  /** PayPal orders that this buyer has approved. */
  readonly approved = new Set<string>()

  private constructor(shopUrl: string, cart: Cart) {
    this.shopUrl = shopUrl
    this.cart = cart
  }

  static async at(shopUrl: string, secret: string, cart: Cart, draft: CheckoutDraft): Promise<HttpBuyer> {
    const buyer = new HttpBuyer(shopUrl, cart)
    const seal = (content: unknown) => sealData(content, { password: secret, ttl: COOKIE_TTL_SECONDS })
    buyer.cookies.set('cartwright_cart', await seal(cart))
    buyer.cookies.set('cartwright_checkout', await seal(draft))
    return buyer
  }

  begin(shopUrl = this.shopUrl): Promise<ShopAnswer> {
    return this.#ask(shopUrl, 'POST', null)
  }

  finish(paypalOrderId: string, shopUrl = this.shopUrl): Promise<ShopAnswer> {
    return this.#ask(shopUrl, 'POST', paypalOrderId)
  }

  look(paypalOrderId: string, shopUrl = this.shopUrl): Promise<ShopAnswer> {
    return this.#ask(shopUrl, 'GET', paypalOrderId)
  }

  /** Presses "Pay Now" at PayPal. */
  async approve(paypal: { approve(paypalOrderId: string): Promise<unknown> }, paypalOrderId: string): Promise<void> {
    await paypal.approve(paypalOrderId)
    this.approved.add(paypalOrderId)
  }

  async #ask(shopUrl: string, method: 'GET' | 'POST', about: string | null): Promise<ShopAnswer> {
    const capture = method === 'POST' ? '/capture' : ''
    const path = about === null ? '' : `/${about}${capture}`
    const answer = await this.#send(`${shopUrl}/api/paypal/orders${path}`, method)
    this.told.push({ ...answer, about })
    return answer
  }

  async #send(url: string, method: string): Promise<ShopAnswer> {
    try {
      const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = { cookie, origin: new URL(url).origin }
      const response = await fetch(url, { method, headers, signal: AbortSignal.timeout(PATIENCE_MS) })
      const body = (await response.json()) as Record<string, unknown>
      for (const line of response.headers.getSetCookie()) this.#keep(line)
      return { kind: 'answer', status: response.status, body }
    } catch (error) {
      return { kind: 'no_answer', cause: String(error) }
    }
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
}
