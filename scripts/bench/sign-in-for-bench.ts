import { randomUUID } from 'node:crypto'

import { encode } from 'next-auth/jwt'
import pg from 'pg'

import { makeSecret } from '@/lib/members/member-token'
import { authSecret, sessionCookieName } from '@/lib/web/session-cookie'

/** A session of the owner with a second factor of this moment. @returns its cookie, as a browser sends it. */
export async function signInForBench(databaseUrl: string, env: Readonly<Record<string, string>>): Promise<string> {
  Object.assign(process.env, env)
  const { secret, hash } = makeSecret()
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ id: string }>(
    `insert into member_sessions (id, secret_hash, member_id, method, device, device_hash, expires_at, second_factor_at)
     select $1, $2, member_id, 'password', 'bench', 'bench', now() + interval '1 day', now() from staff where role = 'owner' limit 1
     returning member_id as id`,
    [randomUUID(), hash],
  )
  await client.end()
  const token = await encode({ token: { sub: rows[0]?.id ?? '', sid: secret }, secret: authSecret(), maxAge: 86_400 })
  return `${sessionCookieName()}=${token}`
}
