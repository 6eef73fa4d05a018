import './load-env-file'

import { parseArgs } from 'node:util'

import { createDatabase } from '@/db/client'
import { hasOwner } from '@/db/queries/staff'
import { createOwner } from '@/lib/admin/create-owner'
import { Email } from '@/lib/domain/checkout'
import { judgePassword } from '@/lib/members/judge-password'
import { EnvironmentError, getEnvironment } from '@/lib/runtime/env'

const USAGE = `npm run admin:create -- --email somebody@shop.example [--name "Their name"] [--unless-there]

Makes an owner of the shop: whoever has this address signs in as members do (a mailed link works without a password) and sets
up a second factor on the first visit of /admin. For somebody who is staff already it makes them an owner again and takes
their second factor away. ADMIN_PASSWORD and ADMIN_TOTP_SECRET, if set, become theirs; --unless-there does nothing once the
shop has an owner.`

/** `npm run admin:create`: the first owner of a shop. Ends with 0, or 2 when it could not be done. */
async function run(): Promise<number> {
  const options = {
    email: { type: 'string' },
    name: { type: 'string', default: '' },
    'unless-there': { type: 'boolean', default: false },
  } as const
  const { values } = parseArgs({ options })
  const email = Email.safeParse(values.email ?? '')
  if (!email.success) {
    console.error(USAGE)
    return 2
  }
  // A person reads along: what every call took is for the shop's own log.
  process.env['LOG_LEVEL'] = 'error'
  const { DATABASE_URL, APP_URL } = getEnvironment()
  const password = process.env['ADMIN_PASSWORD'] || null
  const problem = password === null ? null : judgePassword(password, [email.data])
  if (problem) {
    console.error(`ADMIN_PASSWORD: ${problem}`)
    return 2
  }
  const db = createDatabase(DATABASE_URL, { poolMax: 2 })
  try {
    if (values['unless-there'] && (await hasOwner(db))) return 0
    const totpSecret = process.env['ADMIN_TOTP_SECRET'] || null
    const { kind } = await createOwner(db, { email: email.data, name: values.name, password, totpSecret })
    console.log(
      `${email.data} is ${kind === 'again' ? 'an owner again' : 'an owner'}. Sign in at ${APP_URL}/sign-in?to=%2Fadmin`,
    )
    return 0
  } finally {
    await db.$client.end()
  }
}

try {
  process.exit(await run())
} catch (error) {
  console.error(error instanceof EnvironmentError || error instanceof TypeError ? error.message : error)
  process.exit(2)
}
