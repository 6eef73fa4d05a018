/** Which hosts serve the certificates that PayPal signs webhooks with, and whose name is in those. */
export interface CertificateOrigin {
  /** Such as `https://api.paypal.com`. */
  readonly origins: readonly string[]
  /** The certificate's subject must end with it. */
  readonly nameEnd: string
}

const PATH = /^\/v1\/notifications\/certs\/[A-Za-z0-9_-]{1,128}$/

/**
 * Whether an address from a transmission's header may be asked for a certificate. It comes from whoever sent the transmission,
 * so only what is literally one of our addresses will do: asking any other would be asking where a stranger wants us to.
 */
export function isCertificateAddress(address: string, { origins }: CertificateOrigin): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  // What the parser had to tidy up (credentials, default ports, dots, backslashes, line breaks) is not what PayPal sends.
  return (
    url.href === address &&
    origins.includes(url.origin) &&
    address === url.origin + url.pathname &&
    PATH.test(url.pathname)
  )
}

/** The host of PayPal's documents stands beside the one that its certificates were seen at. */
export function paypalOrigin(environment: 'sandbox' | 'live'): CertificateOrigin {
  const hosts =
    environment === 'live'
      ? ['api.paypal.com', 'api-m.paypal.com']
      : ['api.sandbox.paypal.com', 'api-m.sandbox.paypal.com']
  return { origins: hosts.map((host) => `https://${host}`), nameEnd: '.paypal.com' }
}

/** The simulator's own address and nothing else. */
export function simulatorOrigin(simulatorUrl: string): CertificateOrigin {
  return { origins: [new URL(simulatorUrl).origin], nameEnd: '.simulator.test' }
}
