/** A request as it went out: nothing is worked out anew when it is sent again. */
export interface RecordedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: ArrayBuffer | null
}

export interface Page {
  readonly url: string
  readonly status: number
  readonly text: string
}

/** Pages send people on; this is more than any of ours. */
const REDIRECTS_MAX = 5

/** A browser without JavaScript: keeps cookies, follows redirects, and writes down each request to the shop. */
export class RecordingBrowser {
  readonly #shopUrl: string
  readonly #cookies = new Map<string, string>()
  readonly #log: RecordedRequest[]

  constructor(shopUrl: string, log: RecordedRequest[]) {
    this.#shopUrl = shopUrl
    this.#log = log
  }

  get(path: string): Promise<Page> {
    return this.#open('GET', new URL(path, this.#shopUrl).href, null, {})
  }

  postForm(url: string, fields: readonly (readonly [string, string])[]): Promise<Page> {
    const form = new FormData()
    for (const [name, value] of fields) form.append(name, value)
    return this.#post(new Request(url, { method: 'POST', body: form }))
  }

  postJson(path: string, body: unknown): Promise<Page> {
    const headers = { 'content-type': 'application/json' }
    const url = new URL(path, this.#shopUrl)
    return this.#post(new Request(url, { method: 'POST', body: JSON.stringify(body), headers }))
  }

  async #post(request: Request): Promise<Page> {
    const type = request.headers.get('content-type') ?? ''
    const headers = { 'content-type': type, origin: new URL(this.#shopUrl).origin }
    return this.#open('POST', request.url, await request.arrayBuffer(), headers)
  }

  async #open(method: string, url: string, body: ArrayBuffer | null, ofPost: Record<string, string>): Promise<Page> {
    let next: RecordedRequest = { method, url, headers: { ...ofPost, ...this.#sent() }, body }
    for (let hops = 0; ; hops++) {
      this.#log.push(next)
      const response = await send(next)
      for (const line of response.headers.getSetCookie()) this.#keep(line)
      const location = response.headers.get('location')
      const target = location ? new URL(location, next.url) : null
      // PayPal's own pages are not the shop's: what the buyer does there goes through the simulator's controls.
      if (!target || !target.href.startsWith(this.#shopUrl) || hops >= REDIRECTS_MAX) {
        return { url: target?.href ?? next.url, status: response.status, text: await response.text() }
      }
      await response.text()
      next = { method: 'GET', url: target.href, headers: this.#sent(), body: null }
    }
  }

  #sent(): Record<string, string> {
    return { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
}

export function send({ method, url, headers, body }: RecordedRequest): Promise<Response> {
  return fetch(url, { method, headers, redirect: 'manual', ...(body === null ? {} : { body }) })
}
