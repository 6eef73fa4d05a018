import { expect, test } from 'vitest'

import { NOTE_MAX, readNote } from './order-event'

test('a note is kept as it was written, up to the last character that may be kept', () => {
  const longest = `${'line\n'.repeat(NOTE_MAX / 5 - 1)}ended`
  expect(readNote(longest)).toEqual({ text: longest, problem: null })
  expect(readNote(longest.replaceAll('\n', '\r\n'))).toEqual({ text: longest, problem: null })
})

test('a note that is too long is refused, and is not cut', () => {
  const text = 'x'.repeat(NOTE_MAX + 1)
  expect(readNote(text)).toEqual({ text, problem: `Keep it under ${NOTE_MAX} characters.` })
  expect(readNote(' \0 ').problem).toBe('Write something first.')
  expect(readNote(null).problem).toBe('Write something first.')
})
