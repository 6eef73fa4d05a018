import { sql } from 'drizzle-orm'

import { createDatabase } from '@/db/client'
import { createPayPalGateway } from '@/lib/payments/paypal/paypal-gateway'
import { finishPayment } from '@/lib/payments/finish-payment'
import type { PaymentServices } from '@/lib/payments/payment-services'
import { startPayment } from '@/lib/payments/start-payment'
import type { CheckoutDraft } from '@/lib/domain/checkout'
import { sweepPayments } from '@/lib/payments/sweep-payments'
import { SIMULATOR_ACCOUNT, startTestPayPal, type TestPayPal } from '@/testing/test-paypal'
import { cartOf, filledDraft, newBuyerKey, setUpShop, stockProduct } from '@/testing/test-shop'

import { insist } from '../harness/insist'
import { judgeMoney } from '../harness/judge-money'
import { passTime } from '../harness/pass-time'
import { startProofServer } from '../harness/proof-server'
import type { Part, PartReport } from '../part'

const POOL_MAX = 2
const CLIENTS = 50
/** Nobody buys it empty. */
const PLENTY = 1_000_000

interface Rush {
  readonly services: PaymentServices
  readonly paypal: TestPayPal
  readonly draft: CheckoutDraft
  readonly variantId: number
  /** Tries that ended without a definite answer, mostly for want of a connection. */
  refusals: number
}

/** Far more buyers at once than there are connections: they wait, or are refused and try again. */
export async function exhaustPool(databaseUrl: string, checkouts: number): Promise<PartReport> {
  const paypal = await startTestPayPal()
  const db = createDatabase(databaseUrl, { poolMax: POOL_MAX })
  const draft = filledDraft((await setUpShop(db)).deliveryMethodId)
  const services: PaymentServices = {
    db,
    gateway: createPayPalGateway({ baseUrl: paypal.url, ...SIMULATOR_ACCOUNT }),
    merchantId: SIMULATOR_ACCOUNT.merchantId,
    invoicePrefix: 'CW',
    appUrl: 'http://localhost:3000',
    limitsTries: false,
  }
  const rush: Rush = { services, paypal, draft, variantId: await stockProduct(db, PLENTY), refusals: 0 }
  let begun = 0
  const client = async () => {
    while (begun < checkouts) {
      begun += 1
      await buy(rush)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  await finishTheRest(services)
  const violations = await judgeMoney(db, await paypal.ledger())
  const { rows } = await db.execute<{ orders: number }>(sql`select count(*)::int as orders from orders`)
  if (rows[0]?.orders !== checkouts) violations.push(`${rows[0]?.orders} orders of ${checkouts} checkouts`)
  await db.$client.end()
  await paypal.close()
  return {
    counts: [
      ['connections', POOL_MAX],
      ['clients', CLIENTS],
      ['checkouts', checkouts],
      ['orders', rows[0]?.orders ?? 0],
      ['tries without a definite answer', rush.refusals],
    ],
    violations,
  }
}

async function buy(rush: Rush): Promise<void> {
  const { services, paypal, draft, variantId } = rush
  const buyer = { cart: cartOf([variantId, 1]), buyerKey: newBuyerKey() }
  const again = () => (rush.refusals += 1)
  const started = await insist(
    () => startPayment(services, { ...buyer, draft, shownTotalMinor: null }),
    ({ kind }) => kind === 'paypal_unavailable',
    again,
  )
  if (started.kind !== 'started') return
  const { paypalOrderId } = started
  await paypal.approve(paypalOrderId)
  await insist(
    () => finishPayment(services, { ...buyer, paypalOrderId }),
    ({ kind }) => kind === 'unknown',
    again,
  )
}

async function finishTheRest(services: PaymentServices): Promise<void> {
  for (let round = 0; round < 20; round++) {
    await passTime(services.db, null)
    if ((await sweepPayments(services)) === 0) return
  }
}

export const part: Part = {
  name: 'pool',
  claim:
    'With 2 database connections for 50 clients everybody gets their order in the end, and nothing is left behind.',
  fullSize: 1_000,
  async run({ size }) {
    const server = await startProofServer()
    try {
      return await exhaustPool(await server.newDatabase(), size)
    } finally {
      await server.stop()
    }
  },
}
