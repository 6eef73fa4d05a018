import 'server-only'

import type { X509Certificate } from 'node:crypto'

import { refuseInsideTransaction } from '@/lib/runtime/transaction-scope'

import { readCertificates } from './read-certificates'

/** The leaf first; mostly it is alone. */
export type FetchedCertificates =
  | { readonly kind: 'found'; readonly certificates: readonly [X509Certificate, ...X509Certificate[]] }
  /** There is none at that address. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown'; readonly cause: string }

/** A leaf is two kilobytes, a chain of four not ten. */
const BYTES_MAX = 32_000
const TIMEOUT_MS = 5_000
/** PayPal changes its certificate about once a year. */
const KEPT_MAX = 20

/** Fetches certificates once: what is at such an address does not change. Callers have checked the address. */
export class CertificateStore {
  readonly #kept = new Map<string, FetchedCertificates>()
  readonly #underWay = new Map<string, Promise<FetchedCertificates>>()

  async get(address: string): Promise<FetchedCertificates> {
    const kept = this.#kept.get(address)
    if (kept) return kept
    const underWay = this.#underWay.get(address) ?? this.#fetchOnce(address)
    this.#underWay.set(address, underWay)
    return underWay
  }

  async #fetchOnce(address: string): Promise<FetchedCertificates> {
    try {
      const fetched = await fetchCertificates(address)
      if (fetched.kind === 'found') this.#keep(address, fetched)
      return fetched
    } finally {
      this.#underWay.delete(address)
    }
  }

  #keep(address: string, fetched: FetchedCertificates): void {
    this.#kept.set(address, fetched)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > KEPT_MAX && oldest !== undefined) this.#kept.delete(oldest)
  }
}

async function fetchCertificates(address: string): Promise<FetchedCertificates> {
  refuseInsideTransaction('fetching a certificate')
  try {
    const response = await fetch(address, {
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (response.status === 404) return { kind: 'missing' }
    if (response.status !== 200) return { kind: 'unknown', cause: `certificate: HTTP ${response.status}` }
    const [leaf, ...others] = readCertificates(await readLimited(response))
    return leaf ? { kind: 'found', certificates: [leaf, ...others] } : { kind: 'unknown', cause: 'no certificate' }
  } catch (error) {
    return { kind: 'unknown', cause: `certificate: ${error instanceof Error ? error.message : 'not fetched'}` }
  }
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > BYTES_MAX) throw new Error('too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('latin1')
}
