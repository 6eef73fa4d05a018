import PostalMime from 'postal-mime'
import { openJournal } from '../journal'

/** A message as it came over SMTP. */
export type MailMessage = {
  id: string
  /** Milliseconds since 1970. */
  receivedAt: number
  /** Of the envelope: where a bounce would go, and whom it was handed in for. */
  from: string
  to: string[]
  subject: string
  /** Without the angle brackets. */
  messageId: string
  /** The bytes, in base64. */
  raw: string
}

export type MessageStore = {
  add(message: { from: string; to: string[]; raw: Buffer; receivedAt: number }): Promise<MailMessage>
  /** Oldest first. */
  all(): readonly MailMessage[]
  find(id: string): MailMessage | undefined
  clear(): void
}

type Entry = { message: MailMessage } | { cleared: true }

/** Older ones are forgotten. */
const KEPT = 2_000

/** What an earlier run received is still there; null keeps everything in memory. */
export function openMessageStore(file: string | null): MessageStore {
  const journal = openJournal<Entry>(file)
  let messages: MailMessage[] = []
  const apply = (entry: Entry) => {
    if ('cleared' in entry) messages = []
    else messages.push(entry.message)
    if (messages.length > KEPT) messages = messages.slice(-KEPT)
  }
  for (const entry of journal.found) apply(entry)
  journal.rewrite(messages.map((message) => ({ message })))
  let last = Number(messages.at(-1)?.id ?? 0)
  const commit = (entry: Entry) => {
    journal.append(entry)
    apply(entry)
  }
  return {
    add: async ({ from, to, raw, receivedAt }) => {
      const { subject = '', messageId = '' } = await PostalMime.parse(raw)
      const message: MailMessage = {
        id: String((last += 1)),
        receivedAt,
        from,
        to,
        subject,
        messageId: messageId.replaceAll(/^<|>$/g, ''),
        raw: raw.toString('base64'),
      }
      commit({ message })
      return message
    },
    all: () => messages,
    find: (id) => messages.find((message) => message.id === id),
    clear: () => commit({ cleared: true }),
  }
}

export type ReadMessage = Omit<MailMessage, 'raw'> & {
  headers: { name: string; value: string }[]
  text: string
  html: string
}

/** The message with its parts. */
export async function readMessage({ raw, ...message }: MailMessage): Promise<ReadMessage> {
  const { headers, text = '', html = '' } = await PostalMime.parse(Buffer.from(raw, 'base64'))
  return {
    ...message,
    headers: headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    text,
    html,
  }
}
