export const MAIL_FAULT_KINDS = [
  'down',
  'refuse',
  'try_later',
  'error_after',
  'drop_before',
  'drop_after',
  'slow',
] as const
export type MailFaultKind = (typeof MAIL_FAULT_KINDS)[number]

/** One ordered misbehaviour, used up by the next connections (`down`) or messages. */
export type MailFault = {
  fault: MailFaultKind
  /** How many it still spoils. */
  times: number
  /** Only messages to this address. */
  to?: string
  /** For `slow`: how late the answer is. */
  delayMs?: number
}

export type MailFaults = {
  queue(fault: MailFault): void
  /** The first waiting fault of these kinds for a message to these addresses, counted as used. */
  take(kinds: readonly MailFaultKind[], to?: readonly string[]): MailFault | null
  waiting(): readonly MailFault[]
  clear(): void
}

export function createMailFaults(): MailFaults {
  let queue: MailFault[] = []
  return {
    queue: (fault) => queue.push({ ...fault }),
    take: (kinds, to = []) => {
      const fits = ({ fault, to: only }: MailFault) =>
        kinds.includes(fault) && (only === undefined || to.includes(only))
      const fault = queue.find(fits)
      if (fault === undefined) return null
      fault.times -= 1
      queue = queue.filter(({ times }) => times > 0)
      return fault
    },
    waiting: () => queue,
    clear: () => {
      queue = []
    },
  }
}
