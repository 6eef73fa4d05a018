import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { connection } from 'next/server'
import { renderSVG } from 'uqr'

import { beginSecondFactor } from '@/lib/admin/second-factor'
import { adminDatabase } from '@/lib/admin/admin-services'
import { parseReturnPath } from '@/lib/domain/return-path'
import { isAnswerToForm } from '@/lib/web/answer-form'
import { requireStaff, secondFactorPath } from '@/lib/web/current-admin'
import { signInPath } from '@/lib/web/current-member'

import { readNavigation } from '../../../(shop)/navigation'
import type { Asked } from '../../admin-page'
import { PlainPage } from '../../plain-page'
import { SetUpForm } from './set-up-form'

export const instant = false
export const metadata: Metadata = { title: 'Set up a second factor' }

export default async function SetUpPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const to = parseReturnPath((await searchParams)['to'], '/admin')
  const person = await requireStaff()
  // What sets a cookie draws the page anew in the same answer: the recovery codes that it brings must not be led away from.
  const answers = await isAnswerToForm()
  if (person.isSetUp && !answers) redirect(secondFactorPath(to))
  if (!person.fresh && !answers) redirect(signInPath(secondFactorPath(to, false)))
  const begun = await beginSecondFactor(adminDatabase(), person, (await readNavigation()).shopName)
  if (!begun && !answers) redirect(secondFactorPath(to))
  return (
    <PlainPage
      title="Set up a second factor"
      lead="Whoever works here gives a code of an authenticator app as well. Scan the square with it, then type the code that it shows."
    >
      {begun ? (
        <div
          className="w-52 rounded-sm bg-white p-3"
          role="img"
          aria-label="The same as the secret below, as a square to scan"
        >
          <div dangerouslySetInnerHTML={{ __html: renderSVG(begun.uri, { border: 0 }) }} />
        </div>
      ) : null}
      {begun ? (
        <p>
          Or type this secret into the app:{' '}
          <code className="num block font-medium tracking-wider break-all">
            {begun.secret.replaceAll(/(.{4})/g, '$1 ')}
          </code>
        </p>
      ) : null}
      <SetUpForm to={to} />
    </PlainPage>
  )
}
