import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FieldsForm } from '@/components/members/fields-form'
import { PasskeySignIn } from '@/components/members/passkey-sign-in'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { PlainLink } from '@/components/ui/plain-link'
import { parseReturnPath } from '@/lib/domain/return-path'
import { listProviders } from '@/lib/members/providers'
import { isAnswerToForm, readRefusedForm } from '@/lib/web/answer-form'
import { getCurrentMember } from '@/lib/web/current-member'

import { MemberPage, type Asked } from '../member-page'
import { beginPasskeySignIn, finishPasskeySignIn } from '../passkey-actions'
import { mailSignInLink, signInByPassword } from './actions'
import { providerProblem } from './provider-problem'

export const instant = false
export const metadata: Metadata = { title: 'Sign in', robots: { index: false } }

export default async function SignInPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const to = parseReturnPath(asked['to'])
  // Whoever has signed in here a moment ago is on their way: the page does not change under them.
  const member = (await isAnswerToForm()) ? null : await getCurrentMember()
  const problem = providerProblem(asked['problem'])
  const registerHref = `/register?to=${encodeURIComponent(to)}`
  return (
    <MemberPage
      title={member ? 'Is it still you?' : 'Sign in'}
      lead={
        member ? (
          `You are signed in as ${member.email}. What you are about to do asks for a sign-in of the last few minutes.`
        ) : (
          <>
            New here?{' '}
            <PlainLink href={registerHref} className="text-link">
              Open an account
            </PlainLink>
            . You can buy without one.
          </>
        )
      }
    >
      <div className="space-y-10">
        {problem ? (
          <Notice tone="warning" title="That did not sign you in" announce>
            {problem}
          </Notice>
        ) : null}
        <section aria-labelledby="by-password">
          <h2 id="by-password" className="mb-4 border-t border-rule pt-4 text-xl">
            With your password
          </h2>
          <FieldsForm
            id="password"
            action={signInByPassword}
            refused={await readRefusedForm('password', asked['refused'])}
            hidden={{ to }}
            fields={[
              {
                kind: 'email',
                name: 'email',
                label: 'E-mail',
                autoComplete: 'username webauthn',
                value: member?.email ?? '',
              },
              { kind: 'password', name: 'password', label: 'Password' },
            ]}
            submit="Sign in"
            pending="Signing in…"
          />
          <p className="mt-4 text-sm">
            <PlainLink href={`/forgot-password?to=${encodeURIComponent(to)}`} className="text-link inline-block py-2">
              Forgot the password?
            </PlainLink>
          </p>
        </section>
        <section aria-labelledby="by-link">
          <h2 id="by-link" className="mb-4 border-t border-rule pt-4 text-xl">
            With a link by e-mail
          </h2>
          <FieldsForm
            id="link"
            action={mailSignInLink}
            refused={await readRefusedForm('link', asked['refused'])}
            hidden={{ to }}
            fields={[
              {
                kind: 'email',
                name: 'email',
                label: 'E-mail',
                hint: 'No password needed: the link works once, for 15 minutes.',
                autoComplete: 'email',
                value: member?.email ?? '',
              },
            ]}
            submit="Mail me a link"
            pending="Sending…"
            look="secondary"
          />
        </section>
        <section aria-labelledby="otherwise">
          <h2 id="otherwise" className="mb-4 border-t border-rule pt-4 text-xl">
            Another way
          </h2>
          <div className="flex max-w-md flex-col gap-3">
            <PasskeySignIn to={to} begin={beginPasskeySignIn} finish={finishPasskeySignIn} />
            {listProviders().map(({ id, name }) => (
              <form key={id} method="post" action={`/sign-in/with/${id}`}>
                <input type="hidden" name="to" value={to} />
                <SubmitButton look="secondary" className="w-full" pendingLabel={`Going to ${name}…`}>
                  Sign in with {name}
                </SubmitButton>
              </form>
            ))}
          </div>
        </section>
      </div>
    </MemberPage>
  )
}
