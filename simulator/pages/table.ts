import { html } from 'hono/html'

export type Html = ReturnType<typeof html>

/** A titled table that scrolls sideways on narrow screens. */
export function table(id: string, title: string, columns: string[], rows: Html[]): Html {
  const body =
    rows.length === 0
      ? html`<p class="empty">None yet.</p>`
      : html`<table>
          <thead>
            <tr>
              ${columns.map((name) => html`<th scope="col" class="${name === 'Amount' || name === 'Refunded' ? 'number' : ''}">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>`
  return html`<div class="panel">
    <h2 id="${id}">${title}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="${id}">${body}</div>
  </div>`
}

const TONES: Record<string, string> = {
  COMPLETED: 'good',
  APPROVED: 'warn',
  PENDING: 'warn',
  DECLINED: 'bad',
  delivered: 'good',
  waiting: 'warn',
  given_up: 'bad',
  dropped: 'bad',
}

/** A state in words and in a colour that goes with it. */
export function status(name: string): Html {
  const words = name.toLowerCase().replaceAll('_', ' ')
  return html`<span class="status ${TONES[name] ?? 'calm'}">${words.charAt(0).toUpperCase()}${words.slice(1)}</span>`
}

/** For people: date and time, UTC. */
export function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')
}
