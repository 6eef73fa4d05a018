import { expect } from '@playwright/test'

import { query } from './stage'

/** As the mailbox tells of it (simulator/README.md). */
export interface ReceivedMail {
  readonly id: string
  readonly subject: string
  readonly messageId: string
  readonly text: string
  readonly html: string
}

async function ask(path: string, method = 'GET', body?: object): Promise<unknown> {
  const mailbox = process.env['E2E_MAILBOX_URL']
  if (!mailbox) throw new Error('E2E_MAILBOX_URL is not set: run npm run test:e2e')
  const response = await fetch(mailbox + path, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.status === 204 ? null : response.json()
}

/** What has arrived for an address so far, oldest first. */
export async function readMail(to: string): Promise<ReceivedMail[]> {
  const { messages } = (await ask(`/messages?to=${encodeURIComponent(to)}`)) as { messages: ReceivedMail[] }
  return messages
}

/** Waits for the first mail to an address, with this in its subject. */
export async function awaitMail(to: string, subject: string | RegExp): Promise<ReceivedMail> {
  const fits = (message: ReceivedMail) => new RegExp(subject).test(message.subject)
  let found: ReceivedMail | undefined
  await expect
    .poll(async () => (found = (await readMail(to)).find(fits)), { message: `mail to ${to}: ${subject}` })
    .toBeDefined()
  if (!found) throw new Error('the mail was there a moment ago')
  return found
}

const taken = new Set<string>()

/** Waits for the first mail of the kind that has not been taken before: people open each mail once. */
export async function takeMail(to: string, subject: RegExp, timeout = 30_000): Promise<ReceivedMail> {
  let found: ReceivedMail | undefined
  const fits = ({ id, subject: got }: ReceivedMail) => subject.test(got) && !taken.has(id)
  await expect
    .poll(async () => (found = (await readMail(to)).find(fits)), { message: `new mail to ${to}: ${subject}`, timeout })
    .toBeDefined()
  if (!found) throw new Error('the mail was there a moment ago')
  taken.add(found.id)
  return found
}

/** The link that stands below this label in the text version. */
export function linkIn({ text }: ReceivedMail, label: string): string {
  const lines = text.split(/\r?\n/)
  const link = lines[lines.indexOf(`${label}:`) + 1]
  if (!link?.startsWith('http')) throw new Error(`no link “${label}” in:\n${text}`)
  return link
}

/** From now on nobody reaches the mail server. */
export async function takeMailboxAway(): Promise<void> {
  await ask('/faults', 'POST', { fault: 'down', times: 100_000 })
}

export async function mendMailbox(): Promise<void> {
  await ask('/faults', 'DELETE')
}

/** Makes the time pass until the next try of all mail. */
export async function waitForNextTry(): Promise<void> {
  await query('update mail_outbox set available_at = now() where done_at is null and dead_at is null')
}
