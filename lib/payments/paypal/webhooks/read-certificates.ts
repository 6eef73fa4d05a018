import { X509Certificate } from 'node:crypto'

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** The certificates in a PEM text, in its order. What cannot be read is not among them. */
export function readCertificates(pem: string): X509Certificate[] {
  return [...pem.matchAll(PEM)].flatMap(([text]) => {
    try {
      return [new X509Certificate(text)]
    } catch {
      return []
    }
  })
}

export function isValidAt(certificate: X509Certificate, at: Date): boolean {
  return at >= certificate.validFromDate && at <= certificate.validToDate
}

/** Whether one of the names it was issued to ends so. */
export function isNamed(certificate: X509Certificate, nameEnd: string): boolean {
  const alternatives = certificate.subjectAltName?.split(', ').flatMap((entry) => entry.match(/^DNS:(.+)$/)?.[1] ?? [])
  const common = certificate.subject.match(/^CN=(.+)$/m)?.[1]
  return (alternatives ?? (common ? [common] : [])).some((name) => name.toLowerCase().endsWith(nameEnd))
}
