/** A change of one place in the real code. */
export interface Edit {
  readonly file: string
  /** Occurs exactly once in the file; a test sees to that, so that the list cannot rot. */
  readonly find: string
  readonly replace: string
}

/** A way of breaking the payment protocol. */
export interface Mutant extends Edit {
  readonly name: string
  /** A second place, where one change takes two. */
  readonly also?: Edit
  /** The finding that shows this breakage. Whatever else it leads to, such as a payment that gets stuck, is no catch. */
  readonly shows: RegExp
  /** Noticed within a few dozen schedules: one of those that `npm test` hunts. */
  readonly isSoonFound?: true
}

export function editsOf({ file, find, replace, also }: Mutant): Edit[] {
  return also ? [{ file, find, replace }, also] : [{ file, find, replace }]
}

/** The breakages that other shops were shipped with, or nearly. Each must be caught by the schedules. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'the fence is dropped: money is taken while the attempt may still be closed',
    shows: /^I5: a capture was sent while its attempt was/,
    isSoonFound: true,
    file: 'lib/payments/drive-payment.ts',
    find: `const fenced = call === 'fence' ? await fenceAttempt(services.db, attempt.id) : attempt`,
    replace: `const fenced = attempt`,
  },
  {
    name: 'PayPal is called inside a transaction',
    shows: /must not run inside a database transaction/,
    isSoonFound: true,
    file: 'lib/payments/drive-payment.ts',
    find: `const seen = await services.gateway.getOrder(requirePayPalOrderId(attempt))`,
    replace: `const seen = await inTransaction(services.db, () => services.gateway.getOrder(requirePayPalOrderId(attempt)))`,
  },
  {
    name: 'an unknown answer to a capture counts as a no',
    shows: /^I5: a new capture key/,
    file: 'lib/domain/payment.ts',
    find: `    case 'refused':
      return { step: 'close', reason: 'paypal_refused', issue: outcome.issue }
    case 'unknown':
      return { step: 'ask_again', cause: outcome.cause }
  }
}

/** What becomes of money`,
    replace: `    case 'refused':
      return { step: 'close', reason: 'paypal_refused', issue: outcome.issue }
    case 'unknown':
      return { step: 'reopen', issue: outcome.cause }
  }
}

/** What becomes of money`,
  },
  {
    name: 'a hold that is over ends a payment whose money is being taken',
    shows: /^I(1|6|11): /,
    isSoonFound: true,
    file: 'lib/domain/payment-driver.ts',
    find: `    case 'capturing':
    case 'pending':
      return 'drive'
    case 'closed':`,
    replace: `    case 'capturing':
      return 'expire'
    case 'pending':
      return 'drive'
    case 'closed':`,
    also: {
      file: 'lib/domain/payment-driver.ts',
      find: `  expiry: ['created'],`,
      replace: `  expiry: ['created', 'capturing'],`,
    },
  },
  {
    name: 'every retry of a capture has a new key',
    shows: /^I5: a new capture key/,
    file: 'lib/payments/request-keys.ts',
    find: 'return `k-${attemptId}-${captureSeq}`',
    replace: 'return `k-${attemptId}-${captureSeq}-${Math.random()}`',
  },
  {
    name: 'every try of a refund has a new key',
    shows: /^I5: refund .* two keys/,
    file: 'lib/payments/request-keys.ts',
    find: 'return `r-${refundReference(refund)}`',
    replace: 'return `r-${refundReference(refund)}-${Math.random()}`',
  },
  {
    name: 'the body of a webhook is believed',
    shows: /^I(1|2|8): /,
    file: 'lib/webhooks/process-event.ts',
    find: `    case 'look_at_capture':
      return lookAtCaptureOf(services, plan)`,
    replace: `    case 'look_at_capture': {
      const { sql } = await import('drizzle-orm')
      const kept = await services.db.execute(sql\`select body from webhook_events where id = \${event.id}\`)
      const { resource } = JSON.parse(String(kept.rows[0]?.body))
      const { finalisePayment } = await import('@/lib/payments/finalise-payment')
      if (resource.status === 'COMPLETED')
        await finalisePayment(services, resource.custom_id, {
          paypalCaptureId: resource.id,
          status: 'COMPLETED',
          amount: { minor: Math.round(Number(resource.amount.value) * 100), currency: 'USD' },
          feeMinor: null,
          customId: resource.custom_id,
          reason: null,
        })
      return { kind: 'done', note: null }
    }`,
  },
  {
    name: 'a webhook that could not be kept is answered with 200',
    shows: /^I10: /,
    file: 'lib/web/webhook-door.ts',
    find: `'webhook could not be kept')
    return later()`,
    replace: `'webhook could not be kept')
    return Response.json({ kind: 'stored' })`,
  },
  {
    // Without the lock alone nothing happens: the capture's unique key stops the second, and the repeat of a transaction that
    // lost a race finds the first one's capture. So the repeat is taken away as well; with the lock nobody misses it.
    name: 'money becomes an order without the attempt being locked, or a repeat for who was second',
    shows: /payment_captures/,
    file: 'lib/payments/finalise-payment.ts',
    find: `const attempt = await lockAttempt(tx, attemptId)`,
    replace: `const attempt = await (await import('@/db/queries/payment-attempts')).findAttempt(tx, attemptId)`,
    also: {
      file: 'lib/payments/finalise-payment.ts',
      find: `  await inTransaction(services.db, (tx) => finaliseInTransaction(services, tx, attemptId, capture))
`,
      replace: `  await services.db.transaction((tx) => finaliseInTransaction(services, tx as Transaction, attemptId, capture))
`,
    },
  },
  {
    name: 'the confirmation is queued after the transaction instead of in it',
    shows: /^I9: /,
    file: 'lib/orders/place-order.ts',
    find: `  await queueMail(tx, { kind: 'order_placed', orderId: id }, { to: attempt.snapshot.email, about: id })`,
    replace: '',
    also: {
      file: 'lib/payments/finalise-payment.ts',
      find: `  await inTransaction(services.db, (tx) => finaliseInTransaction(services, tx, attemptId, capture))
`,
      replace: `  await inTransaction(services.db, (tx) => finaliseInTransaction(services, tx, attemptId, capture))
  const { findOrderOfAttempt } = await import('@/db/queries/orders')
  const { queueMail } = await import('@/lib/mail/queue-mail')
  const order = await findOrderOfAttempt(services.db, attemptId)
  if (order) {
    const about = { to: 'buyer@example.com', about: order.id }
    await inTransaction(services.db, (tx) => queueMail(tx, { kind: 'order_placed', orderId: order.id }, about))
  }
`,
    },
  },
  {
    name: 'held stock is given back as often as it is asked for',
    shows: /^I(3|6): /,
    file: 'db/queries/stock.ts',
    find: `.where(and(eq(stockHolds.attemptId, attemptId), eq(stockHolds.state, 'held')))
    .returning({ variantId: stockHolds.variantId, quantity: stockHolds.quantity })
  return inLockOrder(rows)`,
    replace: `.where(and(eq(stockHolds.attemptId, attemptId)))
    .returning({ variantId: stockHolds.variantId, quantity: stockHolds.quantity })
  return inLockOrder(rows)`,
  },
  {
    name: 'stock is locked in the order of the cart',
    shows: /deadlock/,
    file: 'db/queries/stock.ts',
    find: `return lines.toSorted((a, b) => a.variantId - b.variantId)`,
    replace: `return [...lines]`,
  },
  {
    name: 'a lost answer to COMMIT counts as a failure, and the money is sent back',
    shows: /^I6: /,
    file: 'lib/payments/drive-payment.ts',
    find: `  await finalisePayment(services, attempt.id, { ...paid, amount, refundedMinor })
`,
    replace: `  try {
    await finalisePayment(services, attempt.id, { ...paid, amount, refundedMinor })
  } catch {
    const reference = attempt.id
    await services.gateway.refundCapture(
      { reference, paypalCaptureId: paid.paypalCaptureId, amount, noteToPayer: '' },
      \`undo-\${reference}\`,
    )
  }
`,
  },
  {
    name: 'what was captured is not compared with what was asked for',
    shows: /^I(1|14): /,
    file: 'lib/domain/payment.ts',
    find: `return a !== null && a.minor === b.minor && a.currency === b.currency`,
    replace: `return a !== null && a.currency === b.currency`,
  },
  {
    name: 'a closed attempt is never looked at again',
    shows: /^I6: /,
    file: 'db/queries/payment-attempts.ts',
    find: "const watched = change.state === 'closed' && paypalOrderKnown === true",
    replace: 'const watched = false && paypalOrderKnown === true',
  },
  {
    name: 'the buyer is told no while PayPal has not said anything',
    shows: /^I11: told closed/,
    file: 'lib/payments/finish-payment.ts',
    find: `  if (driven && isDeclined(outcome)) await countDecline(services, attempt)
  return outcome`,
    replace: `  if (driven && isDeclined(outcome)) await countDecline(services, attempt)
  if (outcome.kind === 'unknown') return { kind: 'closed', reason: 'paypal_order_gone' }
  return outcome`,
  },
  {
    name: 'a refund that has failed at PayPal is put before nobody',
    shows: /^I6: nobody is told/,
    file: 'lib/payments/settle-refund.ts',
    find: `  if (moved.state === 'failed') await fail(tx, moved)
`,
    replace: '',
  },
  {
    name: 'money that PayPal lists and no book has is passed over',
    shows: /^I(6|8): /,
    file: 'lib/domain/reconciliation.ts',
    find: `if (isIncome(transaction) && isOurs(transaction)) return [unknown(transactionId, transaction)]`,
    replace: `if (isIncome(transaction) && isOurs(transaction)) return []`,
  },
  {
    name: 'what the books have no place for is nobody’s business',
    shows: /^I6: nobody is told/,
    file: 'lib/domain/reconciliation.ts',
    find: `return concernsUs && status !== 'denied' ? [unexplained('no_place', paypalCaptureId, transaction)] : []`,
    replace: `return []`,
  },
]
