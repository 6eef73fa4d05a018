import 'server-only'

import { inTransaction } from '@/db/client'
import { findCapture, lockCapture, type PaymentCapture } from '@/db/queries/captures'
import { hasJournalEntry, insertJournalEntry, readBookedFee } from '@/db/queries/journal'
import { placeHold } from '@/db/queries/order-holds'
import { findOrderOfAttempt } from '@/db/queries/orders'
import { raiseIncident } from '@/db/queries/payment-incidents'
import { bookFee } from '@/lib/domain/journal'
import { isCurrency } from '@/lib/domain/money'
import { isPaid } from '@/lib/domain/payment'
import type { PayPalCapture } from '@/lib/domain/payment-gateway'

import type { PaymentServices } from '../payment-services'
import type { Applied } from './applied'

/** How a capture of ours compares with PayPal's own record of it. */
export type CaptureCheck = 'agrees' | 'no_money' | 'amount_differs'

export function compareWithPayPal(booked: PaymentCapture, seen: PayPalCapture | null): CaptureCheck {
  if (!seen || !isPaid(seen)) return 'no_money'
  const agrees = seen.amount?.minor === booked.amountMinor && seen.amount.currency === booked.currency
  return agrees ? 'agrees' : 'amount_differs'
}

/** A capture of ours that PayPal's list lacks, or shows otherwise. */
export async function checkCapture(services: PaymentServices, paypalCaptureId: string): Promise<Applied> {
  const booked = await findCapture(services.db, paypalCaptureId)
  if (!booked) return 'nothing'
  const seen = await services.gateway.getCapture(paypalCaptureId)
  if (seen.kind === 'unknown') return 'unclear'
  const capture = seen.kind === 'found' ? seen.capture : null
  const check = compareWithPayPal(booked, capture)
  if (check === 'agrees') return 'nothing'
  const order = await findOrderOfAttempt(services.db, booked.attemptId)
  const incident = {
    kind: check === 'no_money' ? 'order_without_money' : 'amount_differs',
    subject: paypalCaptureId,
    paypalCaptureId,
    paypalOrderId: booked.paypalOrderId,
    attemptId: booked.attemptId,
    orderId: order?.id ?? null,
    amountMinor: booked.amountMinor,
    currency: booked.currency,
    details: {
      orderNumber: order?.orderNumber ?? null,
      paypalStatus: capture?.status ?? null,
      paypalAmountMinor: capture?.amount?.minor ?? null,
      paypalCurrency: capture?.amount?.currency ?? null,
    },
  } as const
  const isNew = await inTransaction(services.db, async (tx) => {
    const isNews = await raiseIncident(tx, incident)
    // Nothing leaves for money that is not there. Whoever releases it meanwhile has looked.
    if (isNews && check === 'no_money' && order) await placeHold(tx, order.id, 'unpaid', paypalCaptureId)
    return isNews
  })
  return isNew ? 'incident' : 'nothing'
}

/** A fee that PayPal told of after the capture was booked, or another than was booked. */
export async function checkFee(services: PaymentServices, paypalCaptureId: string): Promise<Applied> {
  const booked = await findCapture(services.db, paypalCaptureId)
  if (!booked) return 'nothing'
  const seen = await services.gateway.getCapture(paypalCaptureId)
  if (seen.kind === 'unknown') return 'unclear'
  const feeMinor = seen.kind === 'found' ? seen.capture.feeMinor : null
  if (feeMinor === null) return 'nothing'
  const bookedMinor = booked.feeMinor ?? (await readBookedFee(services.db, paypalCaptureId))
  if (bookedMinor === null) return (await recordFee(services, booked, feeMinor)) ? 'repaired' : 'nothing'
  if (bookedMinor === feeMinor) return 'nothing'
  const isNew = await raiseIncident(services.db, {
    kind: 'amount_differs',
    subject: `${paypalCaptureId}:fee`,
    paypalCaptureId,
    attemptId: booked.attemptId,
    amountMinor: bookedMinor,
    currency: booked.currency,
    details: { feeBookedMinor: bookedMinor, feeAtPayPalMinor: feeMinor },
  })
  return isNew ? 'incident' : 'nothing'
}

async function recordFee({ db }: PaymentServices, booked: PaymentCapture, feeMinor: number): Promise<boolean> {
  const { paypalCaptureId, currency } = booked
  if (!isCurrency(currency)) throw new Error(`capture ${paypalCaptureId} is in an unknown currency`)
  if (feeMinor <= 0) return false
  return inTransaction(db, async (tx) => {
    await lockCapture(tx, paypalCaptureId)
    if (await hasJournalEntry(tx, 'fee', paypalCaptureId)) return false
    await insertJournalEntry(tx, bookFee(paypalCaptureId, feeMinor, currency))
    return true
  })
}
