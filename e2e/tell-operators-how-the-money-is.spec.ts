import { expect, test } from '@playwright/test'

import { query } from './support/stage'

const READY = '/api/health/ready'

test('operators see the state of the money’s invariants, and the public sees only that the shop is open', async ({
  request,
}) => {
  const token = process.env['E2E_OPERATOR_TOKEN']
  if (!token) throw new Error('E2E_OPERATOR_TOKEN is not set: run npm run test:e2e')
  const open = await request.get(READY)
  expect(await open.json()).toEqual({ status: 'ready' })
  const guessed = await request.get(READY, { headers: { authorization: 'Bearer operator-guess' } })
  expect(await guessed.json()).toEqual({ status: 'ready' })
  const headers = { authorization: `Bearer ${token}` }
  await expect
    .poll(async () => (await (await request.get(READY, { headers })).json()).invariants?.length)
    .toBeGreaterThan(5)
  expect(await (await request.get(READY, { headers })).json()).toMatchObject({ status: 'ready', isMoneyRight: true })

  await query(`update invariant_checks set violations = 2 where invariant = 'I6'`)
  expect(await (await request.get(READY, { headers })).json()).toMatchObject({
    isMoneyRight: false,
    invariants: expect.arrayContaining([expect.objectContaining({ invariant: 'I6', violations: 2 })]),
  })
  expect(await (await request.get(READY)).json()).toEqual({ status: 'ready' })
  await query(`update invariant_checks set violations = 0 where invariant = 'I6'`)

  await query(`update invariant_checks set checked_at = now() - interval '1 hour' where invariant = 'I6'`)
  expect(await (await request.get(READY, { headers })).json()).toMatchObject({
    isMoneyRight: false,
    openIncidents: expect.any(Number),
  })
  await query(`update invariant_checks set checked_at = now() where invariant = 'I6'`)
})
