/** One message of Postgres's protocol, version 3, as it travelled. */
export interface PostgresMessage {
  /** One letter; `startup` for the first message of a client, which has none. */
  readonly type: string
  readonly bytes: Buffer
}

const LENGTH_BYTES = 4

/**
 * Cuts a byte stream into messages (PostgreSQL manual, "Message Formats"): a letter, then a length that counts itself but
 * not the letter. Encrypted connections are not understood.
 */
export class MessageCutter {
  #rest: Buffer = Buffer.alloc(0)
  #first: boolean

  constructor(from: 'client' | 'server') {
    this.#first = from === 'client'
  }

  cut(chunk: Buffer): PostgresMessage[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const messages: PostgresMessage[] = []
    for (;;) {
      const letterBytes = this.#first ? 0 : 1
      if (this.#rest.length < letterBytes + LENGTH_BYTES) return messages
      const size = letterBytes + this.#rest.readUInt32BE(letterBytes)
      if (this.#rest.length < size) return messages
      const type = this.#first ? 'startup' : String.fromCharCode(this.#rest[0] ?? 0)
      messages.push({ type, bytes: this.#rest.subarray(0, size) })
      this.#rest = this.#rest.subarray(size)
      this.#first = false
    }
  }
}

/** The SQL of a Query or Parse message; null for any other. */
export function readSql({ type, bytes }: PostgresMessage): string | null {
  const body = bytes.subarray(1 + LENGTH_BYTES)
  if (type === 'Q') return readText(body)
  // Parse: the name of the statement, usually empty, comes first.
  return type === 'P' ? readText(body.subarray(body.indexOf(0) + 1)) : null
}

function readText(bytes: Buffer): string {
  return bytes.subarray(0, bytes.indexOf(0)).toString('utf8')
}
