import 'server-only'

import nodemailer from 'nodemailer'

import type { Mailbox } from '@/lib/domain/mailbox-name'
import { refuseInsideTransaction } from '@/lib/runtime/transaction-scope'

export interface OutgoingMail {
  readonly to: string
  /** Without angle brackets. */
  readonly messageId: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Beside the sender's address; empty for the name that MAIL_FROM has. */
  readonly senderName: string
  /** Where answers go; empty for the sender's address. */
  readonly replyTo: string
}

/** `failed`: whether the server has it anyway is unknown, so it is sent again under the same Message-ID. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  /** `code` is for the log, `detail` may name the recipient. `isAway`: no mail server was reached. */
  | { readonly kind: 'failed'; readonly code: string; readonly detail: string; readonly isAway: boolean }

export interface MailServer {
  /** Of the sender, for Message-IDs. */
  readonly domain: string
  send(mail: OutgoingMail): Promise<SendOutcome>
}

const LIMITS = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }
/** The whole of one try; shorter than a mail's lease. */
const TRY_MS = 60_000
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The mail server at `url` (smtp or smtps). Each mail has a connection of its own, so that one that hangs delays no other. */
export function createMailServer(url: string, from: Mailbox, limits: Partial<typeof LIMITS> = {}): MailServer {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const hasPassword = username !== ''
  const transport = nodemailer.createTransport({
    host: hostname.replaceAll(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    // A password never travels unencrypted over a network.
    requireTLS: hasPassword && !LOCAL.has(hostname),
    ...(hasPassword ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
    ...LIMITS,
    ...limits,
  })
  const send = async ({ to, messageId, senderName, replyTo, ...content }: OutgoingMail): Promise<SendOutcome> => {
    refuseInsideTransaction('sending mail')
    try {
      await transport.sendMail({
        ...content,
        from: senderName === '' ? from : { ...from, name: senderName },
        ...(replyTo === '' ? {} : { replyTo: { name: '', address: replyTo } }),
        to: { name: '', address: to },
        messageId: `<${messageId}>`,
        envelope: { from: from.address, to },
        // RFC 3834: nobody's holiday note answers it.
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(TRY_MS),
      })
      return { kind: 'sent' }
    } catch (error) {
      return describe(error)
    }
  }
  return { domain: from.address.split('@').at(-1) ?? '', send }
}

/** nodemailer's errors carry what failed, and the server's answer if there was one. */
function describe(error: unknown): SendOutcome {
  const { code, command, responseCode, message } = error as {
    code?: string
    command?: string
    responseCode?: number
    message?: string
  }
  const known = [code, command, responseCode].filter((part) => part !== undefined).join(' ')
  return {
    kind: 'failed',
    code: known || 'unknown',
    detail: `${known}: ${message ?? String(error)}`.slice(0, 500),
    isAway: command === 'CONN' && responseCode === undefined,
  }
}
