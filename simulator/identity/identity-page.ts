import { html } from 'hono/html'
import { page } from '../pages/layout'
import type { Html } from '../pages/table'

const IDENTITY_STYLES = `
  .who { display: grid; gap: 16px; }
  .who label.text { display: grid; gap: 4px; font-weight: 600; }
  .who input[name="email"], .who input[name="name"] { font: inherit; min-height: 44px; padding: 0 12px; border: 1px solid #8590a8; border-radius: 8px; background: var(--card); color: inherit; width: 100%; }
`

/** Who somebody is, as they say. `asked` are the parameters of the request, which the form carries on. */
export function identityPage(asked: Readonly<Record<string, string>>): Html {
  return identityLayout(
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
  return identityLayout(
    'Not possible',
    html`<h1>This cannot be done</h1>
      <p>${text}</p>`,
  )
}

function identityLayout(title: string, content: Html): Html {
  return page(title, html`<main class="sheet"><div class="card">${content}</div></main>`, {
    notice: 'Simulated sign-in provider, nobody is checked',
    styles: IDENTITY_STYLES,
  })
}
