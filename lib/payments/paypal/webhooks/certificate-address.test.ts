import { describe, expect, test } from 'vitest'

import { isCertificateAddress, paypalOrigin, simulatorOrigin } from './certificate-address'

const PATH = '/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77'
const LIVE = paypalOrigin('live')
const SANDBOX = paypalOrigin('sandbox')
const SIMULATOR = simulatorOrigin('http://localhost:4010/')

describe('where a certificate may be fetched', () => {
  test.each([
    ['live', LIVE, `https://api.paypal.com${PATH}`],
    ['live', LIVE, `https://api-m.paypal.com${PATH}`],
    ['sandbox', SANDBOX, `https://api.sandbox.paypal.com${PATH}`],
    ['sandbox', SANDBOX, `https://api-m.sandbox.paypal.com${PATH}`],
    ['simulator', SIMULATOR, `http://localhost:4010${PATH}`],
  ])('%s: its own addresses', (_name, origin, address) => {
    expect(isCertificateAddress(address, origin)).toBe(true)
  })

  test('each environment refuses the addresses of the others', () => {
    expect(isCertificateAddress(`https://api.sandbox.paypal.com${PATH}`, LIVE)).toBe(false)
    expect(isCertificateAddress(`https://api.paypal.com${PATH}`, SANDBOX)).toBe(false)
    expect(isCertificateAddress(`http://localhost:4010${PATH}`, LIVE)).toBe(false)
    expect(isCertificateAddress(`https://api.paypal.com${PATH}`, SIMULATOR)).toBe(false)
  })

  test.each([
    ['no address', 'CERT-360caa42'],
    ['empty', ''],
    ['plain http', `http://api.paypal.com${PATH}`],
    ['another scheme', `ftp://api.paypal.com${PATH}`],
    ['a file', `file://api.paypal.com${PATH}`],
    ['a host in the name of a user', `https://api.paypal.com@attacker.example${PATH}`],
    ['a user at the right host', `https://user@api.paypal.com${PATH}`],
    ['user and password', `https://user:secret@api.paypal.com${PATH}`],
    ['a host that begins like it', `https://api.paypal.com.attacker.example${PATH}`],
    ['a host that ends like it', `https://attackerapi.paypal.com${PATH}`],
    ['any other host of PayPal', `https://www.paypal.com${PATH}`],
    ['a host that ends with a dot', `https://api.paypal.com.${PATH}`],
    ['another port', `https://api.paypal.com:8443${PATH}`],
    ['the port spelt out', `https://api.paypal.com:443${PATH}`],
    ['capitals', `https://API.paypal.com${PATH}`],
    ['a host in other letters', `https://api.p\u0430ypal.com${PATH}`],
    ['an address of this machine', `https://127.0.0.1${PATH}`],
    ['the cloud’s metadata', 'http://169.254.169.254/latest/meta-data/'],
    ['another path', 'https://api.paypal.com/v1/notifications/webhooks'],
    ['the folder', 'https://api.paypal.com/v1/notifications/certs/'],
    ['a path that leads out', 'https://api.paypal.com/v1/notifications/certs/../../../somewhere'],
    ['a path that leads out and back', `https://api.paypal.com/somewhere/..${PATH}`],
    ['an encoded way out', 'https://api.paypal.com/v1/notifications/certs/%2e%2e/%2e%2e/x'],
    ['an encoded slash', `https://api.paypal.com${PATH}%2f..%2fx`],
    ['a deeper path', `https://api.paypal.com${PATH}/more`],
    ['a query', `https://api.paypal.com${PATH}?next=https://attacker.example`],
    ['an empty query', `https://api.paypal.com${PATH}?`],
    ['a fragment', `https://api.paypal.com${PATH}#x`],
    ['a backslash', `https://api.paypal.com\\@attacker.example${PATH}`],
    ['a double slash', `https://api.paypal.com/${PATH}`],
    ['a line break', `https://api.paypal.com\n${PATH}`],
    ['a space in front', ` https://api.paypal.com${PATH}`],
  ])('refused: %s', (_name, address) => {
    expect(isCertificateAddress(address, LIVE)).toBe(false)
  })

  test.each([
    ['its other name', `http://127.0.0.1:4010${PATH}`],
    ['another port', `http://localhost:4011${PATH}`],
    ['https', `https://localhost:4010${PATH}`],
  ])('the simulator under %s is refused', (_name, address) => {
    expect(isCertificateAddress(address, SIMULATOR)).toBe(false)
  })
})
