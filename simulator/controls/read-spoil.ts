import { isObject, type JsonObject } from '../orders/field-checks'
import { SPOIL_KINDS, type OrderedSpoil, type Spoil } from '../webhooks/spoils'

/** A spoil, or what is wrong with it. */
export function readSpoil(value: unknown): Spoil | string {
  const body = isObject(value) ? value : { kind: value }
  const kind = SPOIL_KINDS.find((each) => each === body['kind'])
  if (kind === undefined) return `the spoil must be one of ${SPOIL_KINDS.join(', ')}`
  const spoil: Spoil = { kind }
  for (const name of ['copies', 'seconds', 'bytes'] as const) {
    const number = body[name]
    if (number === undefined) continue
    if (typeof number !== 'number' || number < 0) return `${name} must be a number, 0 or more`
    spoil[name] = number
  }
  return spoil
}

/** A spoil with the events that it waits for. */
export function readOrderedSpoil(body: JsonObject): OrderedSpoil | string {
  const spoil = readSpoil(body)
  if (typeof spoil === 'string') return spoil
  const { times = 1, eventType = null } = body
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 1)
    return 'times must be a whole number, 1 or more'
  if (eventType !== null && typeof eventType !== 'string') return 'eventType must be the name of an event type'
  return { ...spoil, times, eventType }
}
