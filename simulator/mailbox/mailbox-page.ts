import { html } from 'hono/html'
import { page } from '../pages/layout'
import { timeOf, type Html } from '../pages/table'
import type { MailMessage, ReadMessage } from './message-store'

const SHOWN = 200

const MAIL_STYLES = `
  .mails { list-style: none; margin: 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
  .mails li + li { border-top: 1px solid var(--line); }
  .mails a { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 20px; padding: 12px 16px; color: inherit; text-decoration: none; }
  .mails a:hover { background: #f4f7ff; }
  .mails b { font-weight: 650; overflow-wrap: anywhere; }
  .mails .soft { overflow-wrap: anywhere; }
  .mails time { font-variant-numeric: tabular-nums; text-align: right; }
  .finder { display: flex; gap: 8px; flex-wrap: wrap; align-items: end; }
  .finder label { display: grid; gap: 4px; font-size: 0.875rem; flex: 1 1 16rem; max-width: 26rem; }
  .finder input { font: inherit; min-height: 40px; padding: 0 12px; border: 1px solid #8590a8; border-radius: 8px; background: var(--card); color: inherit; }
  .finder button { min-height: 40px; }
  .letter { width: 100%; height: 78vh; border: 1px solid var(--line); border-radius: 10px; background: #fff; resize: both; max-width: 100%; }
  .pair { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 24px; align-items: start; }
  .pair > * { min-width: 0; }
  pre { margin: 0; padding: 16px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; white-space: pre-wrap; overflow-wrap: anywhere; font: 0.8125rem/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
  .side { display: grid; gap: 24px; }
  @media (max-width: 60rem) { .pair { grid-template-columns: minmax(0, 1fr); } }
`

/** The newest first; `to` is what was searched for. */
export function listPage(messages: readonly MailMessage[], to: string): Html {
  const found = messages.filter((message) => message.to.some((address) => address.includes(to)))
  const shown = found.toReversed().slice(0, SHOWN)
  return mailLayout(
    'Mailbox',
    html`<header class="panel">
        <h1>Mailbox</h1>
        <p class="soft">${found.length} ${found.length === 1 ? 'message' : 'messages'}, newest first</p>
        <form class="finder" method="get" action="/_mailbox">
          <label>Sent to <input name="to" value="${to}" autocomplete="off" inputmode="email" /></label>
          <button>Find</button>
        </form>
      </header>
      ${
        shown.length === 0
          ? html`<p class="empty">Nothing has been sent${to === '' ? ' yet' : ' to this address'}.</p>`
          : html`<ul class="mails">
              ${shown.map(row)}
            </ul>`
      }`,
  )
}

function row(message: MailMessage): Html {
  return html`<li>
    <a href="/_mailbox/${message.id}">
      <b>${message.subject || '(no subject)'}</b>
      <time class="soft">${timeOf(message.receivedAt)}</time>
      <span class="soft">${message.to.join(', ')}</span>
    </a>
  </li>`
}

/** One message: as HTML in a frame that can do nothing, as text, and its headers. */
export function messagePage(message: ReadMessage): Html {
  return mailLayout(
    message.subject,
    html`<header class="panel">
        <p><a href="/_mailbox">Mailbox</a></p>
        <h1>${message.subject || '(no subject)'}</h1>
        <p class="facts soft">
          <span>To ${message.to.join(', ')}</span>
          <span>Received <time>${timeOf(message.receivedAt)}</time></span>
          <a href="/_mailbox/${message.id}/raw">Raw message</a>
          <a href="/_mailbox/${message.id}/html">HTML alone</a>
        </p>
      </header>
      <div class="pair">
        <iframe
          class="letter"
          title="The message as HTML"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          src="/_mailbox/${message.id}/html"
        ></iframe>
        <div class="side">
          <section class="panel" aria-labelledby="text">
            <h2 id="text">Text</h2>
            <pre>${message.text}</pre>
          </section>
          <section class="panel" aria-labelledby="headers">
            <h2 id="headers">Headers</h2>
            <pre>${message.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}</pre>
          </section>
        </div>
      </div>`,
  )
}

function mailLayout(title: string, content: Html): Html {
  return page(title, html`<main class="wide">${content}</main>`, {
    notice: 'Mail that the shop has sent. It reaches nobody else.',
    styles: MAIL_STYLES,
  })
}
