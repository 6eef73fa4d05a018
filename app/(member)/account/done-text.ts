/** What an address may say has been done. It carries a word, never a text: nobody can put words into the shop's mouth. */
const DONE: Readonly<Record<string, string>> = {
  name: 'Your name is saved.',
  choices: 'Your choices are saved.',
  mailed: 'We have sent a link to the new address. Nothing changes until you confirm it there.',
  address: 'The address is saved.',
  address_gone: 'The address is removed.',
  password: 'Your password is set. Every other device is signed out.',
  password_gone: 'Your password is removed.',
  passkey: 'The passkey is added.',
  passkey_gone: 'The passkey is removed.',
  connected: 'The account is connected.',
  disconnected: 'The account is disconnected.',
  device: 'That device is signed out.',
  devices: 'Every other device is signed out.',
  deletion: 'Your account will be deleted. You can still change your mind.',
  kept: 'Your account stays.',
}

export function doneText(word: unknown): string | null {
  return typeof word === 'string' && Object.hasOwn(DONE, word) ? (DONE[word] ?? null) : null
}
