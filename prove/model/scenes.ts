import type { Scene } from './state'

/**
 * What is explored to its end: each scene crowds another corner of the protocol, because everything at once would have more states than
 * any machine has room for. In all of them calls and answers get lost, drivers are as slow as they like, and buyers leave.
 */
const PLAIN = { attempts: 1, tabs: 1, workers: 1, stock: 1, webhooks: false }

export const SCENES = {
  webhooks: { ...PLAIN, name: 'one payment, with webhooks at any time', webhooks: true, left: {} },
  review: { ...PLAIN, name: 'a payment that PayPal reviews', webhooks: true, left: { reviews: 1 } },
  tampering: { ...PLAIN, name: 'an amount that changes at PayPal', left: { tampering: 1 } },
  refund: {
    ...PLAIN,
    name: 'a refund from the desk, and keys that PayPal forgets',
    left: { deskRefunds: 1, forgetting: 1 },
  },
  failedRefund: {
    ...PLAIN,
    name: 'a refund from the desk that PayPal fails',
    left: { deskRefunds: 1, slowRefunds: 1, failedRefunds: 1, retries: 1 },
  },
  siteRefund: {
    ...PLAIN,
    name: 'an amount that changes at PayPal, and a refund on its site',
    left: { tampering: 1, siteRefunds: 1, slowRefunds: 1, failedRefunds: 1, retries: 1 },
  },
  twoRefunds: { ...PLAIN, name: 'two refunds from the desk', left: { deskRefunds: 2 } },
  decline: { ...PLAIN, name: 'a decline', left: { declines: 1 } },
  lateCall: {
    ...PLAIN,
    name: 'a call that arrives after the end, and a rival',
    left: { rivals: 1, withdrawals: 1 },
  },
  deaths: { ...PLAIN, name: 'processes that die, twice', left: { crashes: 2 } },
  repeats: {
    ...PLAIN,
    name: 'a capture call that takes effect twice, and a decline',
    left: { repeats: 1, declines: 1 },
  },
  lapse: { ...PLAIN, name: 'an order that lapses at PayPal', webhooks: true, left: { expiries: 1 } },
  lapseUnderReview: {
    ...PLAIN,
    name: 'an order that PayPal no longer shows while it reviews the payment',
    webhooks: true,
    left: { reviews: 1, expiries: 1 },
  },
  twoWorkers: { ...PLAIN, name: 'two workers, one of which dies', workers: 2, left: { crashes: 1 } },
  secondPayment: {
    ...PLAIN,
    name: 'a second payment, and a call for the first',
    attempts: 2,
    stock: 2,
    isCallUnderWay: true,
    left: {},
  },
  rivalPayments: {
    ...PLAIN,
    name: 'two payments for one cart, and a rival for the last piece',
    attempts: 2,
    left: { rivals: 1 },
  },
} as const satisfies Readonly<Record<string, Scene>>

/** A second or so each. */
export const SMALL_SCENES: readonly Scene[] = [SCENES.webhooks, SCENES.review, SCENES.tampering, SCENES.refund]

export const BIG_SCENES: readonly Scene[] = Object.values<Scene>(SCENES).filter(
  (scene) => !SMALL_SCENES.includes(scene),
)
