import 'server-only'

import { headers } from 'next/headers'
import { z } from 'zod'

import { readSealed, writeSealed, type SealedCookie } from './sealed-cookie'

const Texts = z.record(z.string().max(40), z.string().max(300))
const RefusedStep = z.object({ step: z.string().max(20), errors: Texts, values: Texts })
type RefusedStep = z.infer<typeof RefusedStep>

/** What was wrong with a form, on its way to the page that shows it. Minutes, because it is only for the next page. */
const REFUSED: SealedCookie<RefusedStep> = { name: 'cartwright_refused', schema: RefusedStep, maxAgeSeconds: 300 }

/** False for a form that the browser posted by itself: the page it gets back cannot carry an action's answer. */
export async function isSentByScript(): Promise<boolean> {
  return (await headers()).has('next-action')
}

export async function saveRefusedStep(refused: RefusedStep): Promise<void> {
  const values = Object.fromEntries(Object.entries(refused.values).map(([name, text]) => [name, text.slice(0, 150)]))
  await writeSealed(REFUSED, { ...refused, values })
}

/** What was wrong with this step, if the address says that something was. */
export async function readRefusedStep(step: string): Promise<Pick<RefusedStep, 'errors' | 'values'> | null> {
  const refused = await readSealed(REFUSED)
  return refused?.step === step ? refused : null
}
