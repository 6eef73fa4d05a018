/** What the way back from another account can bring. The address carries the word, never the text. */
const PROBLEMS: Readonly<Record<string, string>> = {
  provider_failed: 'The other account did not answer as expected. Try again, or sign in another way.',
  provider_address:
    'The other account has not confirmed an e-mail address for you. Sign in by e-mail first, then connect it in your account.',
  provider_known:
    'There is an account here with that address already. Sign in the way you usually do, then connect the other account under Sign-in and devices.',
  provider_unconnected:
    'That account is not connected to yours, so it cannot confirm that it is you. You can connect it under Sign-in and devices.',
  provider_taken: 'That account is connected to another member here.',
  disabled: 'This account has been closed by the shop. Write to us if that is a mistake.',
}

export function providerProblem(word: unknown): string | null {
  return typeof word === 'string' && Object.hasOwn(PROBLEMS, word) ? (PROBLEMS[word] ?? null) : null
}
