import pg from 'pg'

/**
 * Ends every connection to the shop's database and lets none in until the answer is called, as while its server starts anew. Only
 * a connection to another database of that server is left, to give it back by.
 */
export async function takeDatabaseAway(): Promise<() => Promise<void>> {
  const address = new URL(process.env['E2E_DATABASE_URL'] ?? '')
  const name = address.pathname.slice(1)
  address.pathname = '/postgres'
  const client = new pg.Client(address.href)
  await client.connect()
  const allow = (answer: boolean) =>
    client.query(`alter database ${client.escapeIdentifier(name)} allow_connections ${answer}`)
  await allow(false)
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
  return async () => {
    await allow(true)
    await client.end()
  }
}
