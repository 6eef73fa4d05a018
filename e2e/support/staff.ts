import { expect, type Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'

import type { Role } from '@/lib/domain/staff'

import { newEmail } from './buying'
import { signIn } from './members'
import { query } from './stage'

interface Owner {
  readonly email: string
  readonly password: string
  readonly totpSecret: string
}

export function owner(): Owner {
  return JSON.parse(process.env['E2E_OWNER'] ?? '') as Owner
}

/** Codes are good once: what another test has used is forgotten, so that nobody waits for the next half minute. */
export async function codeOf(secret: string, email: string): Promise<string> {
  await query('update staff set totp_last_step = null from members m where m.id = staff.member_id and m.email = $1', [
    email,
  ])
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate()
}

/** From the sign-in page to the back office, through both doors. */
export async function signInAsOwner(page: Page, to = '/admin'): Promise<void> {
  const { email, password, totpSecret } = owner()
  await page.goto(`/sign-in?to=${encodeURIComponent(to)}`)
  const byPassword = page.getByRole('region', { name: 'With your password' })
  await byPassword.getByLabel('E-mail').fill(email)
  await byPassword.getByRole('textbox', { name: 'Password' }).fill(password)
  await byPassword.getByRole('button', { name: 'Sign in' }).click()
  // Every test is this owner, from one network: what the others have tried is not held against this one.
  await query("delete from rate_limits where key like 'member:second_factor:%'")
  await giveCode(page, totpSecret, email)
  await page.waitForURL((url) => url.pathname === to.split('?')[0])
}

export async function giveCode(page: Page, secret: string, email: string): Promise<void> {
  await typeCode(page, secret, email)
  // Whoever goes on before the answer is led away from where they went.
  await page.waitForURL((url) => url.pathname !== '/admin/second-factor')
}

/** For where no other page follows, as before a file that is taken out. */
export async function typeCode(page: Page, secret: string, email: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Confirm that it is you' })).toBeVisible()
  await page.getByLabel('Code from your authenticator').fill(await codeOf(secret, email))
  await page.getByRole('button', { name: 'Go on' }).click()
}

/** The last second factor of this person's sessions was this long ago. */
export async function ageSecondFactor(email: string, minutes: number): Promise<void> {
  await query(
    `update member_sessions s set second_factor_at = now() - make_interval(mins => $2)
     from members m where m.id = s.member_id and m.email = $1`,
    [email, minutes],
  )
}

/** Somebody else who works here, past both doors. Answers their address. */
export async function signInAs(page: Page, role: Role): Promise<string> {
  const email = newEmail()
  await signIn(page, email)
  await query(
    `insert into staff (member_id, role, totp_secret_sealed, totp_confirmed_at)
     select id, $2, 'sealed', now() from members where email = $1`,
    [email, role],
  )
  await ageSecondFactor(email, 0)
  return email
}
