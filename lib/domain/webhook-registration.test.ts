import { describe, expect, test } from 'vitest'

import { WEBHOOK_EVENTS } from './webhook'
import { findRegistrationFaults, missingEvents, webhookAddress } from './webhook-registration'

const URL = 'https://shop.example/api/paypal/webhooks'
const OWN = { id: 'OWN1', url: URL, eventTypes: [...WEBHOOK_EVENTS] }
const OTHER = { id: 'OTHER1', url: 'https://other.example/hooks', eventTypes: ['*'] }

describe('the registration at PayPal', () => {
  test('is right when our id leads to our address and tells all that we need', () => {
    expect(findRegistrationFaults([OTHER, OWN], { id: 'OWN1', url: URL })).toEqual([])
  })

  test('may tell more than we need, or all there is', () => {
    const more = { ...OWN, eventTypes: [...WEBHOOK_EVENTS, 'SOMETHING.NEW'] }
    expect(findRegistrationFaults([more], { id: 'OWN1', url: URL })).toEqual([])
    expect(missingEvents({ ...OWN, eventTypes: ['*'] })).toEqual([])
  })

  test('is useless without the id that signatures are made for', () => {
    expect(findRegistrationFaults([OWN], { id: null, url: URL })).toEqual([{ kind: 'no_id' }])
    expect(findRegistrationFaults([OWN], { id: 'GONE1', url: URL })).toEqual([{ kind: 'unknown_id', id: 'GONE1' }])
  })

  test('is wrong for another address or without one of our events, and both are told', () => {
    const [first, ...others] = WEBHOOK_EVENTS
    const wrong = { ...OWN, url: `${URL}/`, eventTypes: others }
    expect(findRegistrationFaults([wrong], { id: 'OWN1', url: URL })).toEqual([
      { kind: 'other_address', id: 'OWN1', url: `${URL}/` },
      { kind: 'events_missing', id: 'OWN1', eventTypes: [first] },
    ])
  })

  test('is for one address, however the shop’s own ends', () => {
    expect(webhookAddress('https://shop.example/')).toBe(URL)
    expect(webhookAddress('https://shop.example')).toBe(URL)
  })
})
