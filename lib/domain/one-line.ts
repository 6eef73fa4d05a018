// What breaks a line, hides, or turns the writing around (U+202A to U+202E, U+2066 to U+2069).
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g

/** A text on one line, whoever wrote it: for a header, or a line of a text. */
export function oneLine(text: string): string {
  return text.replaceAll(UNSEEN, ' ').trim()
}
