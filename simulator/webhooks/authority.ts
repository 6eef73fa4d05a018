import { X509Certificate, createPublicKey, generateKeyPair } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import forge from 'node-forge'

/**
 * The leaves it can sign with. `current` is the honest one; the others are what a verifier has to refuse: run out,
 * issued by nobody it trusts, or issued by the right authority to another name.
 */
export const LEAVES = ['current', 'expired', 'untrusted', 'other_name'] as const
export type LeafName = (typeof LEAVES)[number]

/** A certificate as it is served, and the private key that belongs to it. */
export type Leaf = { id: string; certificate: string; privateKey: string }

/** PEM with CRLF line ends, as PayPal serves it. The intermediate signed the leaves, the root the intermediate. */
export type Authority = { root: string; intermediate: string; leaves: Record<LeafName, Leaf> }

export const LEAF_NAME = 'messageverificationcerts.simulator.test'

// Wide dates: the simulated clock may stand years away from the machine's.
const VALID = ['2015-01-01', '2049-12-01'] as const
const RUN_OUT = ['2015-01-01', '2016-01-01'] as const

let inMemory: Promise<Authority> | undefined

/** The authority kept in `file`, made there the first time. Without a file, one for the life of the process. */
export function openAuthority(file: string | null): Promise<Authority> {
  if (file === null) return (inMemory ??= makeAuthority())
  return existsSync(file) ? Promise.resolve(JSON.parse(readFileSync(file, 'utf8')) as Authority) : makeIn(file)
}

async function makeIn(file: string): Promise<Authority> {
  const authority = await makeAuthority()
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(authority), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return authority
}

async function makeAuthority(): Promise<Authority> {
  const [rootKey, intermediateKey, leafKey, strangerKey] = await Promise.all([newKey(), newKey(), newKey(), newKey()])
  const root = { name: 'Simulated PayPal Root CA', key: rootKey }
  const intermediate = { name: 'Simulated PayPal Intermediate CA', key: intermediateKey }
  const leaf = { name: LEAF_NAME, key: leafKey }
  // Same names as the real ones, another key: only the signatures give it away.
  const stranger = { name: intermediate.name, key: strangerKey }
  return {
    root: issue(root, root, VALID, true),
    intermediate: issue(intermediate, root, VALID, true),
    leaves: {
      current: leafOf(issue(leaf, intermediate, VALID, false), leafKey),
      expired: leafOf(issue(leaf, intermediate, RUN_OUT, false), leafKey),
      untrusted: leafOf(issue({ name: LEAF_NAME, key: strangerKey }, stranger, VALID, false), strangerKey),
      other_name: leafOf(issue({ name: 'certs.example', key: leafKey }, intermediate, VALID, false), leafKey),
    },
  }
}

/** PKCS #1, PEM. */
async function newKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
}

type Party = { name: string; key: string }

function issue(subject: Party, issuer: Party, [notBefore, notAfter]: readonly [string, string], isCa: boolean): string {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(
    createPublicKey(subject.key).export({ type: 'spki', format: 'pem' }).toString(),
  )
  certificate.serialNumber = `01${forge.util.bytesToHex(forge.random.getBytesSync(15))}`
  certificate.validity.notBefore = new Date(notBefore)
  certificate.validity.notAfter = new Date(notAfter)
  certificate.setSubject([{ name: 'commonName', value: subject.name }])
  certificate.setIssuer([{ name: 'commonName', value: issuer.name }])
  certificate.setExtensions(
    isCa
      ? [
          { name: 'basicConstraints', cA: true, critical: true },
          { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
          { name: 'subjectKeyIdentifier' },
        ]
      : [
          { name: 'basicConstraints', cA: false, critical: true },
          { name: 'keyUsage', digitalSignature: true, critical: true },
          { name: 'subjectAltName', altNames: [{ type: 2, value: subject.name }] },
        ],
  )
  certificate.sign(forge.pki.privateKeyFromPem(issuer.key), forge.md.sha256.create())
  return forge.pki.certificateToPem(certificate)
}

function leafOf(certificate: string, privateKey: string): Leaf {
  const { fingerprint256 } = new X509Certificate(certificate)
  const hex = fingerprint256.replaceAll(':', '').toLowerCase()
  return { id: `CERT-${hex.slice(0, 8)}-${hex.slice(8, 16)}-${hex.slice(16, 24)}`, certificate, privateKey }
}
