import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { connection } from 'next/server'
import { renderSVG } from 'uqr'

import { PasskeyAdd } from '@/components/members/passkey-add'
import { PasskeySignIn } from '@/components/members/passkey-sign-in'
import { adminDatabase } from '@/lib/admin/admin-services'
import { beginAuthenticator } from '@/lib/admin/set-up-authenticator'
import type { StaffMember } from '@/lib/admin/staff-member'
import { parseReturnPath } from '@/lib/domain/return-path'
import { isStepUpFresh } from '@/lib/domain/staff'
import { getKeyRing } from '@/lib/members/account'
import { isAnswerToForm } from '@/lib/web/answer-form'
import { requireStaff } from '@/lib/web/current-admin'
import { signInPath } from '@/lib/web/current-member'
import { secondFactorPath } from '@/lib/web/factor-wanted'

import { readNavigation } from '../../../(shop)/navigation'
import type { Asked } from '../../admin-page'
import { PlainPage } from '../../plain-page'
import { askForOwnPasskey, beginFirstPasskey, finishFirstPasskey, giveOwnPasskey } from '../passkey-actions'
import { SetUpForm } from './set-up-form'

export const instant = false
export const metadata: Metadata = { title: 'Set up a second factor' }

export default async function SetUpPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const to = parseReturnPath(asked['to'], '/admin')
  const person = await requireStaff()
  // What sets a cookie draws the page anew in the same answer: the recovery codes that it brings must not be led away from.
  const elsewhere = (await isAnswerToForm()) ? null : whereFirst(person, to, asked['change'] === '1')
  if (elsewhere) redirect(elsewhere)
  const begun = await beginAuthenticator(adminDatabase(), person, (await readNavigation()).shopName)
  const isFirst = !person.isSetUp
  return (
    <PlainPage
      title={isFirst ? 'Set up a second factor' : 'Set up another authenticator'}
      lead={
        isFirst
          ? 'Whoever works here gives a code of an authenticator app as well. Scan the square with it, then type the code that it shows.'
          : 'Scan the square with the new one, then type the code that it shows. Whatever you had before works until then.'
      }
    >
      {begun ? <Secret {...begun} /> : null}
      <SetUpForm to={to} />
      {isFirst && begun ? <PasskeyInstead person={person} to={to} /> : null}
    </PlainPage>
  )
}

/** Where this person has to go before the page is for them; null when it is. `change`: they ask for another authenticator. */
function whereFirst(person: StaffMember, to: string, change: boolean) {
  if (!person.isSetUp) return person.fresh ? null : signInPath(secondFactorPath(to, false))
  const isGiven = isStepUpFresh(person)
  if (change)
    return isGiven ? null : secondFactorPath(`/admin/second-factor/set-up?change=1&to=${encodeURIComponent(to)}`)
  // Back from signing in with a passkey, which was the second factor.
  return isGiven ? (to as ReturnType<typeof secondFactorPath>) : secondFactorPath(to)
}

function Secret({ uri, secret }: { uri: string; secret: string }) {
  return (
    <>
      <div
        className="w-52 rounded-sm bg-white p-3"
        role="img"
        aria-label="The same as the secret below, as a square to scan"
      >
        <div dangerouslySetInnerHTML={{ __html: renderSVG(uri, { border: 0 }) }} />
      </div>
      <p>
        Or type this secret into the app:{' '}
        <code className="num block font-medium tracking-wider break-all">{secret.replaceAll(/(.{4})/g, '$1 ')}</code>
      </p>
    </>
  )
}

/** For whoever would rather have a passkey as their second factor: one that they have already, or a new one. */
async function PasskeyInstead({ person, to }: { person: StaffMember; to: string }) {
  const { passkeys } = await getKeyRing(adminDatabase(), person)
  return (
    <section aria-labelledby="passkey-instead" className="space-y-3 border-t border-rule pt-6 noscript:hidden">
      <h2 id="passkey-instead" className="font-medium">
        Or use a passkey instead
      </h2>
      <p className="text-ink-soft">Your fingerprint, face or a key. There are no codes then, and no recovery codes.</p>
      {passkeys.length > 0 ? (
        <PasskeySignIn to={to} begin={askForOwnPasskey} finish={giveOwnPasskey}>
          Use a passkey of mine
        </PasskeySignIn>
      ) : null}
      <PasskeyAdd begin={beginFirstPasskey} finish={finishFirstPasskey.bind(null, to)} />
    </section>
  )
}
