import 'server-only'

import { PAYMENT_MESSAGES } from '@/lib/domain/payment-messages'

/** Where the buyer goes on, once the shop answers again. */
export interface Onward {
  readonly href: string
  readonly label: string
  /** True where asking again by itself does no harm. */
  readonly asksAgain: boolean
}

const ASK_AGAIN_SECONDS = 10

/** Nothing but the few rules in the page itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"

/**
 * A whole page that needs neither the database nor a script, for a browser that is shown the answer itself: any page of the shop's
 * would fail for the same reason as what it stands for.
 */
export function unavailablePage({ href, label, asksAgain }: Onward): Response {
  const { title, text } = PAYMENT_MESSAGES.unavailable
  const refresh = asksAgain ? `<meta http-equiv="refresh" content="${ASK_AGAIN_SECONDS}">` : ''
  const promise = asksAgain ? '<p>This page asks again every few seconds.</p>' : ''
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh}
<title>${title}</title>
<style>
:root { color-scheme: light dark; font: 1.125rem/1.6 system-ui, sans-serif }
body { margin: 0 }
main { max-width: 40rem; margin: 0 auto; padding: 3rem 1.5rem }
h1 { font-size: 1.75rem; line-height: 1.25 }
a { display: inline-block; padding: 0.5rem 0; color: inherit }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
${promise}
<p><a href="${escapeHtml(href)}">${label}</a></p>
</main>
</body>
</html>
`
  return new Response(html, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': String(ASK_AGAIN_SECONDS),
      'content-security-policy': POLICY,
    },
  })
}

/** The address may hold whatever somebody has put into a link. */
function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
