import { expect, test } from 'vitest'

import { BROKEN_RULES } from './broken-rules'
import { catchBroken, runModel } from './model'
import { SCENES, SMALL_SCENES } from './scenes'

// What is heard within seconds. The other scenes and variants are in the short form of the proof, which `npm test` runs.
const QUICK_SCENES = [SCENES.webhooks, SCENES.refund]
const QUICK_VARIANTS = BROKEN_RULES.filter(({ scene }) => SMALL_SCENES.includes(scene))

test('from every state of two small scenes the rules keep the promise and reach a good end', () => {
  const { violations, states } = runModel({ scenes: QUICK_SCENES, statesMin: 0, say: () => undefined })
  expect(violations).toEqual([])
  expect(states).toBeGreaterThan(25_000)
})

test.each(QUICK_VARIANTS)('the model notices when $name', (variant) => {
  expect(catchBroken(variant)).not.toBeNull()
})
