import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

interface Options {
  readonly get: PublicKeyCredentialRequestOptionsJSON
  readonly create: PublicKeyCredentialCreationOptionsJSON
}

/** What the shop wants a passkey to sign, or why it wants nothing. */
export type PasskeyQuestion<How extends keyof Options> =
  | { readonly kind: 'ask'; readonly options: Options[How] }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'leave'; readonly goTo: string }

export type PasskeyAnswer =
  | { readonly kind: 'done'; readonly goTo: string }
  | { readonly kind: 'message'; readonly text: string }

const GIVEN_UP = 'No passkey was used. Try again, or go another way.'
const KNOWN =
  'This device has a passkey for your account already. Add one on another device, or remove the one that is here first.'

/**
 * Question, the browser's own dialog, answer. What is to be shown, or null when the page is being left. A dialog that was closed
 * and one that found nothing are the same to a page (WebAuthn 14.5.1).
 */
async function converse<How extends keyof Options, Signed>(
  ask: () => Promise<PasskeyQuestion<How>>,
  sign: (options: Options[How]) => Promise<Signed>,
  answer: (signed: Signed) => Promise<PasskeyAnswer>,
): Promise<string | null> {
  const question = await ask()
  if (question.kind === 'message') return question.text
  if (question.kind === 'leave') return leave(question.goTo)
  let signed: Signed
  try {
    signed = await sign(question.options)
  } catch (error) {
    // Told only once the person has agreed to it (WebAuthn 6.3.2): that a passkey of the account is on this very device.
    return error instanceof Error && error.name === 'InvalidStateError' ? KNOWN : GIVEN_UP
  }
  const outcome = await answer(signed)
  return outcome.kind === 'done' ? leave(outcome.goTo) : outcome.text
}

function leave(goTo: string): null {
  window.location.assign(goTo)
  return null
}

export async function signInByPasskey(
  begin: () => Promise<PasskeyQuestion<'get'>>,
  finish: (answer: unknown) => Promise<PasskeyAnswer>,
): Promise<string | null> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return converse(begin, (optionsJSON) => startAuthentication({ optionsJSON }), finish)
}

export async function createPasskey(
  begin: () => Promise<PasskeyQuestion<'create'>>,
  finish: (answer: unknown) => Promise<PasskeyAnswer>,
): Promise<string | null> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  return converse(begin, (optionsJSON) => startRegistration({ optionsJSON }), finish)
}
