'use client'

import type { ReactNode } from 'react'

import { PasskeyButton } from './passkey-button'
import { signInByPasskey, type PasskeyAnswer, type PasskeyQuestion } from './passkey-client'

export function PasskeySignIn({
  to,
  begin,
  finish,
  children = 'Sign in with a passkey',
}: {
  to: string
  begin: () => Promise<PasskeyQuestion<'get'>>
  finish: (answer: unknown, to: unknown) => Promise<PasskeyAnswer>
  children?: ReactNode
}) {
  return <PasskeyButton talk={() => signInByPasskey(begin, (answer) => finish(answer, to))}>{children}</PasskeyButton>
}
