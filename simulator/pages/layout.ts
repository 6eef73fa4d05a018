import { html, raw } from 'hono/html'
import { STYLES } from './styles'

type Html = ReturnType<typeof html>

interface PageParts {
  /** Says above the page that nothing here is real. */
  readonly notice?: string
  /** What only this page looks like. */
  readonly styles?: string
  /** Runs once; it is the only script the page's policy lets through. */
  readonly script?: string
}

export function page(
  title: string,
  content: Html,
  { notice = 'Simulated PayPal, no real money', styles = '', script = '' }: PageParts = {},
): Html {
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
          ${raw(styles)}
        </style>
      </head>
      <body>
        <aside class="notice" aria-label="Notice">${notice}</aside>
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
