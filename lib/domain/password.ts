/** Long is strong; there are no rules about signs and capitals (NIST SP 800-63B, 5.1.1.2). */
export const PASSWORD_MIN = 8
/** Enough for any sentence, and a bound on the work of hashing. */
export const PASSWORD_MAX = 128

/** Shorter words are in too many others. */
const WORD_MIN = 3
/** So much must be left of a password without the words. */
const REST_MIN = 6

/** Written with digits and signs for letters, a word is still the same to whoever guesses. */
const SAME: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  l: 'i',
  '!': 'i',
  3: 'e',
  4: 'a',
  '@': 'a',
  5: 's',
  $: 's',
  7: 't',
}

/**
 * The words that an attacker tries first, from what is known of an account: its address, its name, the shop's name. Each as it
 * is, in one piece, and its parts; the longest first.
 */
export function contextWords(known: readonly string[]): string[] {
  const words = known.flatMap((text) => {
    const mailbox = text.split('@')[0] ?? ''
    return [text, joined(text), joined(mailbox), ...text.split(/[^\p{L}\p{N}]+/u)]
  })
  const long = words.map((word) => word.normalize('NFKC').toLowerCase()).filter((word) => word.length >= WORD_MIN)
  return [...new Set(long)].toSorted((a, b) => b.length - a.length)
}

/** True for a password that is little else than such words: with a year behind them, say, or twice over. */
export function leansOn(words: readonly string[], password: string): boolean {
  const folded = words.map(fold)
  const whole = fold(password)
  const rest = folded.reduce((left, word) => left.replaceAll(word, ' '), whole)
  return rest !== whole && joined(rest).length < REST_MIN
}

function joined(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

function fold(text: string): string {
  return [...text.normalize('NFKC').toLowerCase()].map((sign) => SAME[sign] ?? sign).join('')
}
