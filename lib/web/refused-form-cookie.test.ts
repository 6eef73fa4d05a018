import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'

import { fitRefusal, REFUSED } from './refused-form-cookie'
import { seal, unseal } from './sealed-cookie'

beforeAll(() => {
  Object.assign(process.env, {
    DATABASE_URL: 'postgres://nowhere/shop',
    APP_URL: 'http://localhost:3000',
    SESSION_SECRET: 'a-secret-for-tests-with-more-than-32-characters',
    PAYPAL_ENVIRONMENT: 'simulator',
    PAYPAL_SIMULATOR_URL: 'http://localhost:4010',
    PAYPAL_CLIENT_ID: 'simulator-client',
    PAYPAL_CLIENT_SECRET: 'simulator-secret',
    PAYPAL_MERCHANT_ID: 'SIMULATR00001',
    SMTP_URL: 'smtp://localhost:4025',
    MAIL_FROM: 'Shop <orders@shop.example>',
    MEDIA_DIR: '/nowhere',
  })
})

const FIELDS = ['name', 'line1', 'line2', 'city', 'region', 'postalCode', 'country']
const address = (text: string) => ({
  form: 'address',
  errors: Object.fromEntries(FIELDS.map((field) => [field, 'Keep this under 120 characters.'])),
  values: Object.fromEntries(FIELDS.map((field) => [field, text])),
})

describe('what was wrong with a form', () => {
  test('comes back as it was typed when it fits', async () => {
    const refused = { form: 'address', errors: { city: 'Enter the town or city.' }, values: { name: '李'.repeat(120) } }
    expect(await unseal(REFUSED, await seal(REFUSED, fitRefusal(refused)))).toEqual(refused)
  })

  test('comes back to the one of many forms that it was of', async () => {
    const form = 'drop-picture-0f3f6a3e-1c9b-4d53-9f0d-2a5f9e1b7c11'
    const refused = { form, errors: { note: 'Say why it needs nothing.' }, values: {} }
    expect(await unseal(REFUSED, await seal(REFUSED, fitRefusal(refused)))).toEqual(refused)
  })

  test.each([
    ['wide', '字'],
    ['outside the first plane', '😀'],
    ['escaped in JSON', '\u0001'],
    ['halves of a pair', '\ud83d'],
    ['quotes', '"'],
  ])('fits a cookie with every field filled to the brim with characters that are %s', async (_what, character) => {
    const back = await unseal(REFUSED, await seal(REFUSED, fitRefusal(address(character.repeat(1_000)))))
    expect(back?.errors).toEqual(address('').errors)
  })

  test('drops the longest first and keeps the others whole', () => {
    const typed = {
      ...address('短い').values,
      line1: '長'.repeat(300),
      line2: '長'.repeat(290),
      city: '長'.repeat(280),
    }
    const { values } = fitRefusal({ ...address(''), values: typed })
    expect(values).not.toHaveProperty('line1')
    expect(values).toMatchObject({ line2: '長'.repeat(290), region: '短い' })
  })

  test('fits a cookie and can be read back, whatever was typed and whatever is said of it', async () => {
    const texts = fc.dictionary(
      // Names of our own fields; a record of zod's has no `__proto__`.
      fc.string({ minLength: 1, maxLength: 40 }).filter((name) => name !== '__proto__'),
      fc.oneof(fc.string({ unit: 'binary', maxLength: 1_000 }), fc.string({ maxLength: 1_000, size: 'max' })),
      { maxKeys: 40 },
    )
    await fc.assert(
      fc.asyncProperty(texts, texts, async (errors, values) => {
        const fitted = fitRefusal({ form: 'address', errors, values })
        expect(await unseal(REFUSED, await seal(REFUSED, fitted))).toEqual(fitted)
      }),
      { numRuns: 60 },
    )
  })
})
