import { rootCertificates } from 'node:tls'
import type { X509Certificate } from 'node:crypto'

import { isValidAt, readCertificates } from './read-certificates'

/** From the leaf over intermediates to the root. PayPal's has one intermediate. */
const CHAIN_MAX = 4

/** Authorities, of which those that signed themselves are believed; the others only help to reach them. */
export class CertificateTrust {
  readonly #authorities: readonly X509Certificate[]

  constructor(authorities: readonly X509Certificate[]) {
    this.#authorities = authorities
  }

  /** Whether `leaf` was issued, over any number of the known and the given certificates, by an authority that is believed. */
  reaches(leaf: X509Certificate, helping: readonly X509Certificate[], at: Date): boolean {
    const usable = [...this.#authorities, ...helping].filter((each) => each.ca && isValidAt(each, at))
    return this.#climb(leaf, usable, CHAIN_MAX)
  }

  #climb(certificate: X509Certificate, usable: readonly X509Certificate[], left: number): boolean {
    if (left === 0) return false
    const issuers = usable.filter((each) => certificate.checkIssued(each) && certificate.verify(each.publicKey))
    return issuers.some((issuer) =>
      issuer.verify(issuer.publicKey) ? this.#authorities.includes(issuer) : this.#climb(issuer, usable, left - 1),
    )
  }
}

let publicTrust: CertificateTrust | undefined

/** The roots that Node brings. PayPal serves its leaf without the intermediate, which is not among them. */
export function trustPublicRoots(): CertificateTrust {
  publicTrust ??= new CertificateTrust(rootCertificates.flatMap(readCertificates))
  return publicTrust
}
