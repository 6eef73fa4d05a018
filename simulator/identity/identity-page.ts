import { html, raw } from 'hono/html'
import { STYLES } from '../pages/styles'
import type { Html } from '../pages/table'

const IDENTITY_STYLES = `
  .who { display: grid; gap: 16px; }
  .who label.text { display: grid; gap: 4px; font-weight: 600; }
  .who input[name="email"], .who input[name="name"] { font: inherit; min-height: 44px; padding: 0 12px; border: 1px solid #8590a8; border-radius: 8px; background: var(--card); color: inherit; width: 100%; }
`

/** Who somebody is, as they say. `asked` are the parameters of the request, which the form carries on. */
export function identityPage(asked: Readonly<Record<string, string>>): Html {
  return page(
    'Demo ID',
    html`<h1>Sign in with Demo ID</h1>
      <p class="soft">Whoever you say you are is what the shop is told. The same address is the same account here.</p>
      <form method="post" action="/_identity/authorize" class="who">
        ${Object.entries(asked).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <label class="text">E-mail <input name="email" type="email" required autocomplete="off" /></label>
        <label class="text">Name <input name="name" autocomplete="off" /></label>
        <label class="choice">
          <input type="checkbox" name="verified" value="1" checked />
          <span>The address is confirmed<small>Not every provider asks whether it is really theirs.</small></span>
        </label>
        <div class="actions">
          <button class="main" name="action" value="allow">Go on to the shop</button>
          <button class="plain" name="action" value="deny" formnovalidate>Not now</button>
        </div>
      </form>`,
  )
}

export function refusalPage(text: string): Html {
  return page(
    'Not possible',
    html`<h1>This cannot be done</h1>
      <p>${text}</p>`,
  )
}

function page(title: string, content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(STYLES)}
          ${raw(IDENTITY_STYLES)}
        </style>
      </head>
      <body>
        <aside class="notice" aria-label="Notice">Simulated sign-in provider, nobody is checked</aside>
        <main class="sheet"><div class="card">${content}</div></main>
      </body>
    </html>`
}
