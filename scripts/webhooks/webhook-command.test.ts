import { describe, expect, test } from 'vitest'

import { readWebhookCommand } from './webhook-command'

const read = (text: string) => readWebhookCommand(text.split(' ').filter(Boolean))

describe('what an operator may ask for', () => {
  test.each(['list', 'register', 'check'])('%s', (kind) => {
    expect(read(kind)).toEqual({ kind })
  })

  test('events again, by id or since a time, from PayPal or from the inbox', () => {
    expect(read('replay WH-1 WH-2')).toEqual({ kind: 'replay', which: { ids: ['WH-1', 'WH-2'] }, from: 'paypal' })
    expect(read('replay --since 2026-11-20 --stored')).toEqual({
      kind: 'replay',
      which: { since: new Date('2026-11-20T00:00:00Z') },
      from: 'stored',
    })
    expect(read('replay --since 2026-11-20T08:00:00+02:00')).toMatchObject({
      which: { since: new Date('2026-11-20T06:00:00Z') },
    })
  })
})

test.each([
  ['', 'There is no command ""'],
  ['delete', 'There is no command "delete"'],
  ['list WH-1', 'list takes nothing further'],
  ['check --stored', 'check takes nothing further'],
  ['replay', 'Give event ids, or --since'],
  ['replay WH-1 --since 2026-11-20', 'Give event ids, or --since'],
  ['replay ../../webhooks', 'an event id looks like'],
  ['replay --since yesterday', '--since takes'],
  ['list --all', '--all'],
])('"%s" is not understood, and the operator is told why', (text, message) => {
  expect(() => read(text)).toThrow(message)
})
