import 'server-only'

import { headers } from 'next/headers'
import { z } from 'zod'

import { readSealed, writeSealed, type SealedCookie } from './sealed-cookie'

/** As much of a text as is shown again; no field of ours may be longer. */
const TEXT_MAX = 300

const Texts = z.record(z.string().max(40), z.string().max(TEXT_MAX))
const Refusal = z.object({ form: z.string().max(80), errors: Texts, values: Texts })
type Refusal = z.infer<typeof Refusal>

/** What was wrong with a form, on its way to the page that shows it. Minutes, because it is only for the next page. */
export const REFUSED: SealedCookie<Refusal> = { name: 'cartwright_refused', schema: Refusal, maxAgeSeconds: 300 }

/** False for a form that the browser posted by itself: the page it gets back cannot carry an action's answer. */
export async function isSentByScript(): Promise<boolean> {
  return (await headers()).has('next-action')
}

export async function saveRefusal(refused: Refusal): Promise<void> {
  await writeSealed(REFUSED, fitRefusal(refused))
}

/** Sealed, so many bytes of JSON are just below what a cookie may hold. */
const JSON_MAX_BYTES = 2_700

/**
 * As much of a refusal as a cookie holds, whatever was typed. The longest texts go first, and whole: half an address that looks
 * like one would be sent again by whoever does not notice, an empty field asks. Messages go last.
 */
export function fitRefusal({ form, errors, values }: Refusal): Refusal {
  const fitted = { form, errors: cutTexts(errors), values: cutTexts(values) }
  while (Buffer.byteLength(JSON.stringify(fitted)) > JSON_MAX_BYTES) {
    const texts = Object.keys(fitted.values).length > 0 ? fitted.values : fitted.errors
    const [longest] = Object.entries(texts).toSorted(([, one], [, other]) => byteLength(other) - byteLength(one))
    if (!longest) break
    delete texts[longest[0]]
  }
  return fitted
}

/** What is longer than any field of ours has its own message beside it, and shows how it began. */
function cutTexts(texts: Refusal['values']): Refusal['values'] {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.slice(0, TEXT_MAX)]))
}

function byteLength(text: string): number {
  return Buffer.byteLength(JSON.stringify(text))
}

/** What was wrong with the form that was refused last; asked for only when the address says that one was. */
export async function readRefusal(): Promise<Refusal | null> {
  return readSealed(REFUSED)
}
