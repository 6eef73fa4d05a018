import type { PayPalTransaction } from '@/lib/domain/payment-gateway'

/*
 * What PayPal's event codes are to us. Source: developer.paypal.com/docs/reports/reference/tcodes. The first two digits are
 * the group. A code that stands in neither table is `other`: it moves money in a way that our books have no place for.
 */

const CORRECTIONS: Readonly<Record<string, PayPalTransaction['kind']>> = {
  T1107: 'refund',
  // A payment reversed by PayPal, and a chargeback by the buyer's bank.
  T1106: 'reversal',
  T1201: 'reversal',
  // A chargeback that was reversed, reimbursed or cancelled: the money is back.
  T1202: 'returned',
  T1205: 'returned',
  T1208: 'returned',
}

/**
 * What moves no money of ours: it says what may happen, or what PayPal lets us spend, and the money stays whose it was. Here
 * stands only what the source calls so in these words; a gift certificate or a blocked payment of the same groups is `other`.
 */
const NO_MOVEMENT: Readonly<Record<string, string>> = {
  T0505: 'a debit card was authorised',
  T1300: 'a payment was authorised',
  T1301: 'a payment was authorised again',
  T1302: 'an authorisation was given up',
  T1500: 'a temporary hold',
  T1501: 'a hold for an open authorisation',
  T1502: 'a hold for a bank deposit',
  T1503: 'a hold on the available balance',
  T1105: 'a hold was lifted',
  T1110: 'a hold while a dispute is looked into',
  T1111: 'the hold of a dispute was lifted',
  T2101: 'a hold',
  T2102: 'a hold was lifted',
  T2103: 'a part is kept in reserve; it still counts as ours',
  T2104: 'a reserve was lifted',
  T2105: 'a hold while a payment is reviewed',
  T2106: 'the hold of a review was lifted',
  T2107: 'a payment is set aside; it still counts as ours',
  T2108: 'a payment is no longer set aside',
  T2111: 'money that may not be spent yet',
  T2112: 'money that may be spent now',
  T9800: 'shown, and nothing more',
}

/** In words, for a person who must decide about something unexpected. */
const GROUPS: Readonly<Record<string, string>> = {
  T00: 'a payment',
  T01: 'a fee that PayPal charged',
  T02: 'an exchange between currencies',
  T03: 'money from a bank account',
  T04: 'money to a bank account',
  T08: 'a bonus',
  T11: 'a reversal or refund',
  T12: 'a chargeback or another adjustment',
  T19: 'a correction of the account',
  T20: 'money between accounts',
  T21: 'a hold or its release',
  T97: 'money that PayPal lent',
}

/** As exactly as we know it: these come with a chargeback or a refund. */
const CODES: Readonly<Record<string, string>> = {
  T0106: 'the fee for a chargeback',
  T0114: 'the fee for a dispute',
  T1104: 'a bank deposit that was taken back',
  T1107: 'a refund',
  T1108: 'a fee that was taken back',
  T1109: 'a fee that was refunded',
  T1201: 'a chargeback',
  T1202: 'a chargeback that was taken back',
  T1207: 'a chargeback that stands: our objection was rejected',
}

export function kindOf(eventCode: string): PayPalTransaction['kind'] {
  if (eventCode in NO_MOVEMENT) return 'no_movement'
  return eventCode.startsWith('T00') ? 'payment' : (CORRECTIONS[eventCode] ?? 'other')
}

export function meaningOf(eventCode: string): string {
  return (
    NO_MOVEMENT[eventCode] ??
    CODES[eventCode] ??
    GROUPS[eventCode.slice(0, 3)] ??
    'something PayPal has no word for here'
  )
}
