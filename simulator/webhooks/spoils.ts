/** What can go wrong with a delivery by order, from being lost to being forged. */
export const SPOIL_KINDS = [
  'drop',
  'duplicate',
  'delay',
  'wrong_signature',
  'tampered_body',
  'other_webhook',
  'stale',
  'weak_algorithm',
  'missing_header',
  'wrong_cert_host',
  'expired_certificate',
  'untrusted_certificate',
  'other_name_certificate',
  'oversized',
  'not_json',
] as const
export type SpoilKind = (typeof SPOIL_KINDS)[number]

export type Spoil = {
  kind: SpoilKind
  /** `duplicate`: how often the event is sent besides. Default 1. */
  copies?: number
  /** `delay`: seconds to wait (default 60). `stale`: how old the transmission is (default 5 days). */
  seconds?: number
  /** `oversized`: length of the body in bytes. Default 2 MB. */
  bytes?: number
}

/** A spoil that waits for the next events it fits. */
export type OrderedSpoil = Spoil & { times: number; eventType: string | null }

export type Spoils = {
  queue(spoil: OrderedSpoil): void
  /** The first waiting spoil for this type of event, counted as used. */
  take(eventType: string): Spoil | null
  waiting(): readonly OrderedSpoil[]
  clear(): void
}

export function createSpoils(): Spoils {
  let queue: OrderedSpoil[] = []
  return {
    queue: (spoil) => queue.push({ ...spoil }),
    take: (eventType) => {
      const found = queue.find((each) => each.eventType === null || each.eventType === eventType)
      if (found === undefined) return null
      found.times -= 1
      queue = queue.filter((each) => each.times > 0)
      const { times: _times, eventType: _eventType, ...spoil } = found
      return spoil
    },
    waiting: () => queue,
    clear: () => {
      queue = []
    },
  }
}
