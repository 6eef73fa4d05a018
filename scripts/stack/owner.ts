import { runToEnd } from './run-to-end'
import { TYPESCRIPT } from './children'
import type { StackSecrets } from './secrets'
import { shopEnvironment, type StackConfig } from './stack'

/** The owner of a demonstration, unless the shop has one. */
export async function makeOwner(config: StackConfig, owner: StackSecrets['owner']): Promise<void> {
  const args = [
    ...TYPESCRIPT,
    'scripts/admin-create.ts',
    '--email',
    owner.email,
    '--name',
    'The owner',
    '--unless-there',
  ]
  await runToEnd('Making an owner', args, {
    ...shopEnvironment(config),
    ADMIN_PASSWORD: owner.password,
    ADMIN_TOTP_SECRET: owner.totpSecret,
  })
}
