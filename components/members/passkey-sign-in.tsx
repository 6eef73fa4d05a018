'use client'

import { PasskeyButton } from './passkey-button'
import { signInByPasskey, type PasskeyAnswer, type PasskeyQuestion } from './passkey-client'

export function PasskeySignIn({
  to,
  begin,
  finish,
}: {
  to: string
  begin: () => Promise<PasskeyQuestion<'get'>>
  finish: (answer: unknown, to: unknown) => Promise<PasskeyAnswer>
}) {
  return (
    <PasskeyButton talk={() => signInByPasskey(begin, (answer) => finish(answer, to))}>
      Sign in with a passkey
    </PasskeyButton>
  )
}
