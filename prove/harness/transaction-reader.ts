import { readSql, type PostgresMessage } from './postgres-messages'

/** Follows what one connection asks for, and knows which message makes changes last. */
export class TransactionReader {
  #statements: string[] | null = null

  /**
   * The statements that become permanent with this message: those of the transaction whose COMMIT it is, or the one change
   * that runs outside of any. Null for every other message.
   */
  read(message: PostgresMessage): readonly string[] | null {
    const sql = readSql(message)?.trim()
    if (!sql) return null
    const word = (/^[a-z]+/i.exec(sql)?.[0] ?? '').toLowerCase()
    const open = this.#statements
    if (word === 'begin') this.#statements = []
    else if (word === 'commit' || word === 'rollback') this.#statements = null
    else if (open) open.push(sql)
    else if (['insert', 'update', 'delete'].includes(word)) return [sql]
    return word === 'commit' ? open : null
  }
}
