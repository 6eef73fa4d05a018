import pg from 'pg'

/** Runs `work` with a connection to the database and closes it. */
async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Makes a database on the server that `adminUrl` points to, as a copy of `template` if one is named. */
export async function createDatabaseOnServer(adminUrl: string, name: string, template?: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const copy = template ? ` template ${client.escapeIdentifier(template)}` : ''
    await client.query(`create database ${client.escapeIdentifier(name)}${copy}`)
  })
}

export async function hasDatabaseOnServer(adminUrl: string, name: string): Promise<boolean> {
  const found = await withClient(adminUrl, (client) =>
    client.query('select 1 from pg_database where datname = $1', [name]),
  )
  return found.rowCount === 1
}

export async function dropDatabaseOnServer(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`),
  )
}

/** True once the shop's settings are there: the seed writes them last. */
export async function isSeeded(connectionString: string): Promise<boolean> {
  const found = await withClient(connectionString, (client) => client.query('select 1 from shop_settings'))
  return found.rowCount === 1
}

/**
 * Empties a demonstration database.
 * @throws Error when it holds anything but the shop called `shopName`: somebody else's data is not ours to remove.
 */
export async function resetDemonstration(connectionString: string, shopName: string): Promise<void> {
  await withClient(connectionString, async (client) => {
    const tables = await client.query(`select 1 from pg_tables where schemaname = 'public'`)
    if (tables.rowCount === 0) return
    const shop = await client.query('select 1 from shop_settings where name = $1', [shopName]).catch(() => null)
    if (!shop?.rowCount)
      throw new Error(`DATABASE_URL holds something else than the demonstration shop: empty it yourself`)
    await client.query('drop schema public cascade; create schema public; drop schema if exists drizzle cascade')
  })
}
