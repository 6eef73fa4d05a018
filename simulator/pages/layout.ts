import { html, raw } from 'hono/html'
import { STYLES } from './styles'

type Html = ReturnType<typeof html>

/** One page. `script` runs once; it is the only script the page's policy lets through. */
export function page(title: string, content: Html, script = ''): Html {
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
        </style>
      </head>
      <body>
        <aside class="notice" aria-label="Notice">Simulated PayPal, no real money</aside>
        ${content} ${script === '' ? '' : raw(`<script>${script}</script>`)}
      </body>
    </html>`
}

/** A JSON value that is safe inside a script element. */
export function inScript(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}
