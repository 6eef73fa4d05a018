import { join } from 'node:path'
import type { Clock } from '../clock'
import { createMailFaults, type MailFaults } from './faults'
import { openMessageStore, type MessageStore } from './message-store'
import { openSmtpDoor, type SmtpDoor } from './smtp-door'

/** A mail server that delivers to nobody: it keeps what it is given, for people and tests to look at. */
export type Mailbox = {
  store: MessageStore
  faults: MailFaults
  /** Opens its SMTP port; 0 takes any free one. Answers the port. */
  listen(port: number): Promise<number>
  close(): Promise<void>
}

export function createMailbox(folder: string | null, clock: Clock): Mailbox {
  const store = openMessageStore(folder === null ? null : join(folder, 'mailbox.jsonl'))
  const faults = createMailFaults()
  let door: SmtpDoor | undefined
  return {
    store,
    faults,
    listen: async (port) => {
      door = await openSmtpDoor(port, { store, faults, clock })
      return door.port
    },
    close: async () => door?.close(),
  }
}
