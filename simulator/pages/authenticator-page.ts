import { html, raw } from 'hono/html'
import { Secret, TOTP } from 'otpauth'

import { STYLES } from './styles'
import type { Html } from './table'

const PERIOD_SECONDS = 30

/** The authenticator app of whoever tries the shop on a desk: the code of this moment (RFC 6238), and how long it lasts. */
export function authenticatorPage(secret: string, now: number): Html {
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now })
  const secondsLeft = PERIOD_SECONDS - (Math.floor(now / 1_000) % PERIOD_SECONDS)
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="${secondsLeft}" />
        <title>Authenticator</title>
        <style>
          ${raw(STYLES)}
        </style>
      </head>
      <body>
        <main class="sheet">
          <div class="card">
            <div>
              <h1>Authenticator</h1>
              <p class="soft">Stands for the app on the telephone of the demonstration’s owner.</p>
            </div>
            <p class="total" id="code">${code}</p>
            <p class="soft">Good for ${secondsLeft} more seconds, and once.</p>
          </div>
        </main>
      </body>
    </html>`
}
