/** Crockford's base 32: no I, L, O or U, so that a number survives handwriting and the telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BODY_LENGTH = 9
/** The largest prime that keeps the check digit inside the alphabet. */
const CHECK_MODULUS = 31

/**
 * An order number such as `7K4MQ-2XTVH`: 45 random bits and a check digit. It can be neither guessed nor counted,
 * and a mistyped one is recognised before the database is asked. Uniqueness is the database's business.
 * @param randomBytes at least 9 bytes from a cryptographic source.
 */
export function makeOrderNumber(randomBytes: Uint8Array): string {
  if (randomBytes.length < BODY_LENGTH) throw new RangeError('an order number needs 9 random bytes')
  const body = Array.from(randomBytes.subarray(0, BODY_LENGTH), (byte) => ALPHABET[byte & 31]).join('')
  const whole = body + checkDigit(body)
  return `${whole.slice(0, 5)}-${whole.slice(5)}`
}

/** Reads what a person typed (any case, spaces, O for 0, I or L for 1). Null when it cannot be an order number. */
export function parseOrderNumber(typed: string): string | null {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (plain.length !== BODY_LENGTH + 1) return null
  if ([...plain].some((symbol) => !ALPHABET.includes(symbol))) return null
  if (checkDigit(plain.slice(0, BODY_LENGTH)) !== plain[BODY_LENGTH]) return null
  return `${plain.slice(0, 5)}-${plain.slice(5)}`
}

/** Weighted sum: catches any single wrong symbol and any swap of neighbours, save those that are 31 apart in value. */
function checkDigit(body: string): string {
  const sum = [...body].reduce((total, symbol, place) => total + ALPHABET.indexOf(symbol) * (place + 2), 0)
  return ALPHABET[sum % CHECK_MODULUS] ?? '0'
}
