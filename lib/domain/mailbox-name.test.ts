import { expect, test } from 'vitest'

import { parseMailbox } from './mailbox-name'

test.each([
  ['Plotterhouse <orders@plotterhouse.example>', { name: 'Plotterhouse', address: 'orders@plotterhouse.example' }],
  ['Müller & Söhne <a@b.example>', { name: 'Müller & Söhne', address: 'a@b.example' }],
  ['<a@b.example>', { name: '', address: 'a@b.example' }],
  ['A@B.example', { name: '', address: 'a@b.example' }],
])('%j is one mailbox', (text, mailbox) => {
  expect(parseMailbox(text)).toEqual(mailbox)
})

test.each([
  '',
  'Shop',
  'Shop <>',
  'a@b.example, c@d.example',
  'Shop <a@b.example>, c@d.example',
  'x@y.example <a@b.example>',
  '"Shop" <a@b.example>',
  'Shop\r\nBcc: x@y.example <a@b.example>',
])('%j is none', (text) => {
  expect(parseMailbox(text)).toBeNull()
})
