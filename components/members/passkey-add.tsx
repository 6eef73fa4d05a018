'use client'

import { PasskeyButton } from './passkey-button'
import { createPasskey, type PasskeyAnswer, type PasskeyQuestion } from './passkey-client'

export function PasskeyAdd({
  begin,
  finish,
}: {
  begin: () => Promise<PasskeyQuestion<'create'>>
  finish: (answer: unknown) => Promise<PasskeyAnswer>
}) {
  return <PasskeyButton talk={() => createPasskey(begin, finish)}>Add a passkey</PasskeyButton>
}
