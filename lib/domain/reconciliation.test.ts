import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { PayPalTransaction } from './payment-gateway'
import {
  nightlySpan,
  planReconciliation,
  splitSpan,
  type BookedCapture,
  type BookedRefund,
  type Books,
  type Finding,
  type Listing,
} from './reconciliation'

const FROM = new Date('2026-11-01T00:00:00Z')
const UNTIL = new Date('2026-11-20T00:00:00Z')
const IN_SPAN = new Date('2026-11-10T00:00:00Z')
const SHOP = { invoicePrefix: 'CW' }

interface World {
  readonly books: Books
  readonly listing: Listing
}

/** Payments as both sides see them when nothing has gone wrong, some of them refunded, between strangers' transactions. */
const world: fc.Arbitrary<World> = fc
  .record({
    payments: fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 100_000 }),
        amountMinor: fc.integer({ min: 100, max: 1_000_000 }),
        feeMinor: fc.integer({ min: 1, max: 99 }),
        refund: fc.option(fc.constantFrom('refund', 'reversal')),
      }),
      { maxLength: 12, selector: ({ id }) => id },
    ),
    strangers: fc.array(fc.constantFrom('payment', 'refund', 'reversal', 'returned', 'other'), { maxLength: 6 }),
  })
  .map(({ payments, strangers }) => {
    const refunded = payments.filter(({ refund }) => refund !== null)
    return {
      books: {
        captures: payments.map(({ id, amountMinor, feeMinor }) => capture(id, amountMinor, feeMinor)),
        refunds: refunded.map(({ id, amountMinor }) => refundOf(id, amountMinor)),
        attemptIds: new Set(payments.map(({ id }) => `attempt-${id}`)),
      },
      listing: {
        from: FROM,
        completeUntil: UNTIL,
        transactions: [
          ...payments.map(({ id, amountMinor, feeMinor }) => payment(id, amountMinor, feeMinor)),
          ...refunded.map(({ id, amountMinor, refund }) => correction(id, amountMinor, refund ?? 'refund')),
          ...strangers.map((kind, index) => stranger(kind, index)),
        ],
      },
    }
  })

function capture(id: number, amountMinor: number, feeMinor: number | null): BookedCapture {
  const paypalCaptureId = `C${id}`
  return { paypalCaptureId, attemptId: `attempt-${id}`, amountMinor, currency: 'USD', feeMinor, recordedAt: IN_SPAN }
}

function refundOf(id: number, amountMinor: number): BookedRefund {
  return {
    id: `refund-${id}`,
    paypalRefundId: `R${id}`,
    paypalCaptureId: `C${id}`,
    amountMinor,
    currency: 'USD',
    state: 'completed',
    reason: 'merchant',
    recordedAt: IN_SPAN,
  }
}

function payment(id: number, minor: number, feeMinor: number | null): PayPalTransaction {
  return {
    transactionId: `C${id}`,
    kind: 'payment',
    eventCode: 'T0006',
    meaning: 'a payment',
    status: 'completed',
    amount: { minor, currency: 'USD' },
    isCredit: true,
    feeMinor,
    customId: `attempt-${id}`,
    invoiceId: `CW-${id}`,
    referenceId: null,
    initiatedAt: IN_SPAN,
  }
}

function correction(id: number, minor: number, kind: PayPalTransaction['kind']): PayPalTransaction {
  const ids = { transactionId: `R${id}`, referenceId: `C${id}`, customId: `refund-${id}`, invoiceId: null }
  return { ...payment(id, minor, null), ...ids, kind, isCredit: kind === 'returned' }
}

/** Somebody else's: of the same account, but not of this shop. */
function stranger(kind: PayPalTransaction['kind'], index: number): PayPalTransaction {
  const ids = { transactionId: `S${index}`, referenceId: `X${index}`, customId: 'donation', invoiceId: 'INV-7' }
  return { ...payment(0, 500, 20), ...ids, kind }
}

const compare = ({ books, listing }: World) => planReconciliation(books, listing, SHOP)
const brief = (findings: readonly Finding[]) =>
  findings.map((finding) => {
    const id =
      'capture' in finding
        ? finding.capture.paypalCaptureId
        : 'refund' in finding
          ? finding.refund.paypalRefundId
          : finding.kind === 'unknown_capture' || !('transaction' in finding)
            ? finding.paypalCaptureId
            : finding.transaction.transactionId
    return `${finding.kind} ${id}`
  })

describe('two sides that agree', () => {
  test('have no difference, whatever else moves in the account, in any order and listed twice', () => {
    fc.assert(
      fc.property(world, fc.boolean(), (both, twice) => {
        const { transactions } = both.listing
        const shuffled = [...transactions.toReversed(), ...(twice ? transactions : [])]
        expect(compare({ ...both, listing: { ...both.listing, transactions: shuffled } })).toEqual([])
      }),
    )
  })

  test('also agree while PayPal lists an older entry of a payment that is complete', () => {
    fc.assert(
      fc.property(world, (both) => {
        const waiting = both.listing.transactions.map((entry) => ({ ...entry, status: 'pending' as const }))
        const transactions = [...waiting, ...both.listing.transactions]
        expect(compare({ ...both, listing: { ...both.listing, transactions } })).toEqual([])
      }),
    )
  })
})

describe('a difference', () => {
  test('every payment that our books lack is found, and nothing else', () => {
    fc.assert(
      fc.property(world, fc.boolean(), (both, attemptIsLost) => {
        const attemptIds = attemptIsLost ? new Set<string>() : both.books.attemptIds
        const findings = compare({ ...both, books: { captures: [], refunds: [], attemptIds } })
        expect(new Set(brief(findings))).toEqual(
          new Set(both.books.captures.map(({ paypalCaptureId }) => `unknown_capture ${paypalCaptureId}`)),
        )
      }),
    )
  })

  test('every refund and reversal that our books lack is found', () => {
    fc.assert(
      fc.property(world, (both) => {
        const wanted = both.listing.transactions
          .filter(({ transactionId }) => transactionId.startsWith('R'))
          .map(({ kind, transactionId }) => `unknown_${kind} ${transactionId}`)
        expect(brief(compare({ ...both, books: { ...both.books, refunds: [] } }))).toEqual(wanted)
      }),
    )
  })

  test('everything of the span that PayPal does not list is found, and nothing that it may still list', () => {
    fc.assert(
      fc.property(world, fc.boolean(), (both, tooEarly) => {
        const completeUntil = tooEarly ? new Date(IN_SPAN.getTime() - 1) : UNTIL
        const findings = compare({ ...both, listing: { ...both.listing, completeUntil, transactions: [] } })
        const { captures, refunds } = both.books
        const all = [
          ...captures.map(({ paypalCaptureId }) => `capture_not_listed ${paypalCaptureId}`),
          ...refunds.map(({ paypalRefundId }) => `refund_not_listed ${paypalRefundId}`),
        ]
        expect(brief(findings)).toEqual(tooEarly ? [] : all)
      }),
    )
  })

  const one: World = {
    books: { captures: [capture(1, 500, 20)], refunds: [refundOf(1, 500)], attemptIds: new Set(['attempt-1']) },
    listing: { from: FROM, completeUntil: UNTIL, transactions: [payment(1, 500, 20), correction(1, 500, 'refund')] },
  }
  const listing = (...transactions: PayPalTransaction[]) => ({ ...one, listing: { ...one.listing, transactions } })
  const books = (change: Partial<Books>) => ({ ...one, books: { ...one.books, ...change } })

  test.each<[string, World, string[]]>([
    ['another amount', listing(payment(1, 499, 20), correction(1, 500, 'refund')), ['amount_differs C1']],
    [
      'an unreadable amount',
      listing({ ...payment(1, 500, 20), amount: null }, correction(1, 500, 'refund')),
      ['amount_differs C1'],
    ],
    [
      'a payment that PayPal has denied',
      listing({ ...payment(1, 500, 20), status: 'denied' }, correction(1, 500, 'refund')),
      ['amount_differs C1'],
    ],
    ['a refund of another amount', listing(payment(1, 500, 20), correction(1, 400, 'refund')), ['refund_differs R1']],
    ['a fee that is not booked', books({ captures: [capture(1, 500, null)] }), ['fee_missing C1']],
    ['another fee', books({ captures: [capture(1, 500, 19)] }), ['fee_differs C1']],
    [
      'a refund that is still under way here',
      books({ refunds: [{ ...refundOf(1, 500), state: 'sent' }] }),
      ['unknown_refund R1'],
    ],
    [
      'a chargeback that was won',
      listing(...one.listing.transactions, { ...correction(9, 500, 'returned'), referenceId: 'C1' }),
      ['money_returned R9'],
    ],
    [
      'a refund of a payment from before the span',
      listing(...one.listing.transactions, { ...correction(7, 9, 'refund'), invoiceId: 'CW-7' }),
      ['unknown_capture C7'],
    ],
    [
      'a refund that PayPal has denied, though it is booked',
      listing(payment(1, 500, 20), { ...correction(1, 500, 'refund'), status: 'denied' }),
      ['refund_differs R1'],
    ],
    [
      'a refund on its way of which there is no row',
      listing(...one.listing.transactions, { ...other('C1'), kind: 'refund', status: 'pending' }),
      ['unknown_refund O1'],
    ],
  ])('%s is told', (_what, both, wanted) => {
    expect(brief(compare(both))).toEqual(wanted)
  })

  function other(referenceId: string | null): PayPalTransaction {
    const names = { transactionId: 'O1', customId: null, invoiceId: null, referenceId }
    return { ...payment(1, 20, null), ...names, kind: 'other', eventCode: 'T0106', isCredit: false }
  }

  test.each<[string, PayPalTransaction, string]>([
    ['names a capture of ours', other('C1'), 'no_place'],
    ['names a refund of ours', other('R1'), 'no_place'],
    ['bears our invoice id', { ...other(null), invoiceId: 'CW-1' }, 'no_place'],
    ['bears an attempt of ours', { ...other(null), customId: 'attempt-1' }, 'no_place'],
    ['has the id of a capture of ours', { ...other(null), transactionId: 'C1' }, 'no_place'],
    ['waits, and names a capture of ours', { ...other('C1'), status: 'pending' }, 'no_place'],
    ['is in a state that nobody knows', { ...other('C1'), status: 'unclear' }, 'no_place'],
    ['paid money out for our invoice', { ...other(null), kind: 'payment', invoiceId: 'CW-1' }, 'no_place'],
    ['is a payment for a capture of ours', { ...other('C1'), kind: 'payment', isCredit: true }, 'no_place'],
    ['is a refund that came in', { ...other('C1'), kind: 'refund', isCredit: true }, 'wrong_way'],
    ['is a chargeback that came in', { ...other('C1'), kind: 'reversal', isCredit: true }, 'wrong_way'],
    ['is a return that went out', { ...other('C1'), kind: 'returned' }, 'wrong_way'],
    ['is our capture, going out', { ...payment(1, 500, 20), isCredit: false }, 'wrong_way'],
    ['is our refund, with a fee', { ...correction(1, 500, 'refund'), feeMinor: 20 }, 'own_fee'],
    ['is our refund, undone', { ...correction(1, 500, 'refund'), status: 'reversed' }, 'undone'],
    ['is a chargeback that is not final', { ...other('C1'), kind: 'reversal', status: 'pending' }, 'waiting'],
    [
      'is a refund for our invoice without a payment',
      { ...other(null), kind: 'refund', invoiceId: 'CW-1' },
      'no_place',
    ],
  ])('what %s cannot be explained, and is told', (_what, transaction, why) => {
    const others = one.listing.transactions.filter(({ transactionId }) => transactionId !== transaction.transactionId)
    const findings = compare({
      books: { ...one.books, captures: [capture(1, 500, 20)] },
      listing: { ...one.listing, transactions: [...others, transaction], completeUntil: FROM },
    })
    expect(findings).toMatchObject([{ kind: 'unexplained', why, transaction }])
  })

  test('what PayPal calls undone is told, unless something undid it', () => {
    const undone = { ...payment(1, 500, 20), status: 'reversed' as const }
    expect(compare(listing(undone, correction(1, 500, 'refund')))).toEqual([])
    const alone = { ...listing(undone), books: { ...one.books, refunds: [] } }
    expect(compare(alone)).toMatchObject([{ kind: 'unexplained', why: 'undone', paypalCaptureId: 'C1' }])
  })

  test.each<[string, PayPalTransaction]>([
    ['moves no money', { ...other('C1'), kind: 'no_movement' }],
    ['was denied', { ...other('C1'), status: 'denied' }],
    ['concerns somebody else', { ...other('X1'), invoiceId: 'INV-7' }],
  ])('what %s is nobody’s business', (_what, transaction) => {
    expect(compare(listing(...one.listing.transactions, transaction))).toEqual([])
  })

  test('of a payment that is in no book it is told what had been taken back and has come again', () => {
    const won = [correction(9, 300, 'reversal'), correction(8, 300, 'returned')].map((each) => ({
      ...each,
      referenceId: 'C1',
    }))
    const findings = compare({
      ...listing(payment(1, 500, 20), ...won),
      books: { ...one.books, captures: [], refunds: [] },
    })
    expect(findings.map((finding) => 'returnedMinor' in finding && finding.returnedMinor)).toEqual([300])
  })

  test.each<[string, Partial<PayPalTransaction>]>([
    ['was denied', { status: 'denied' }],
    ['is another shop’s', { invoiceId: 'XY-1', customId: '0c7f5f0e-54a5-4a57-8d2c-0a2f1a6e5b11' }],
  ])('a payment that %s is not missing', (_what, change) => {
    expect(compare(listing(...one.listing.transactions, { ...payment(2, 500, 20), ...change }))).toEqual([])
  })
})

describe('spans', () => {
  test('pieces touch, cover the span and are at most 31 days long', () => {
    const time = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(time, fc.integer({ min: 1, max: 400 * 86_400_000 }), (from, lengthMs) => {
        const to = new Date(from.getTime() + lengthMs)
        const pieces = splitSpan(from, to)
        expect(pieces[0]?.from).toEqual(from)
        expect(pieces.at(-1)?.to).toEqual(to)
        for (const [index, piece] of pieces.entries()) {
          expect(piece.to.getTime() - piece.from.getTime()).toBeLessThanOrEqual(31 * 86_400_000)
          if (index > 0) expect(piece.from).toEqual(pieces[index - 1]?.to)
        }
      }),
    )
  })

  test('a night goes on from seven days before the end of the last one, however long ago that was', () => {
    expect(nightlySpan(UNTIL, FROM)).toEqual({ from: new Date('2026-10-25T00:00:00Z'), to: UNTIL })
    expect(nightlySpan(UNTIL, null).from).toEqual(new Date('2026-10-20T00:00:00Z'))
  })
})
