import { sql } from 'drizzle-orm'

import { createDatabase, type Database } from '@/db/client'
import { createPayPalGateway } from '@/lib/payments/paypal/paypal-gateway'
import { SIMULATOR_ACCOUNT } from '@/testing/test-paypal'
import { filledDraft, setUpShop, stockProduct } from '@/testing/test-shop'

import { judgeMoney } from '../harness/judge-money'
import { startProofServer } from '../harness/proof-server'
import { createRandom } from '../harness/random'
import { startSimulatorProcess, type ApartPayPal } from '../harness/simulator-process'
import type { Part, PartReport } from '../part'
import { sellOut, type Rush, type RushCounts } from './sell-out'

export interface OversellSize {
  readonly checkouts: number
  readonly clients: number
  readonly variants: number
  /** Pieces of each variant. */
  readonly each: number
}

/** The whole experiment on an empty, migrated database. */
export async function tryToOversell(
  db: Database,
  paypal: Pick<ApartPayPal, 'url' | 'approve' | 'ledger'>,
  size: OversellSize,
  { seed, say }: { seed: number; say: (line: string) => void },
): Promise<PartReport> {
  const draft = filledDraft((await setUpShop(db)).deliveryMethodId)
  const variantIds: number[] = []
  for (let n = 0; n < size.variants; n++) variantIds.push(await stockProduct(db, size.each))
  const rush: Rush = {
    services: {
      db,
      gateway: createPayPalGateway({ baseUrl: paypal.url, ...SIMULATOR_ACCOUNT }),
      merchantId: SIMULATOR_ACCOUNT.merchantId,
      invoicePrefix: 'CW',
      limitsTries: false,
      appUrl: 'http://localhost:3000',
    },
    paypal,
    draft,
    variantIds,
    random: createRandom(seed),
    say,
    ...size,
  }
  const counts = await sellOut(rush)
  return report(db, size, counts, await judgeMoney(db, await paypal.ledger()))
}

async function report(
  db: Database,
  { checkouts, clients, variants, each }: OversellSize,
  counts: RushCounts,
  wrong: readonly string[],
): Promise<PartReport> {
  const { rows } = await db.execute<{ sold: number; left: number; held: number }>(sql`
    select (select coalesce(sum(quantity), 0)::int from order_items) as sold,
      (select sum(on_hand)::int from stock) as left, (select sum(held)::int from stock) as held`)
  const { sold, left, held } = rows[0] ?? { sold: 0, left: 0, held: 0 }
  const toSell = variants * each
  const violations = [...wrong]
  if (sold !== toSell) violations.push(`${sold} pieces were sold, there were ${toSell}`)
  if (left !== 0) violations.push(`${left} pieces are left on the shelf`)
  if (counts.bought !== sold) violations.push(`${counts.bought} buyers were told of an order, ${sold} have one`)
  for (const [what, times] of counts.other) violations.push(`${times} checkouts ended as ${what}`)
  return {
    counts: [
      ['checkouts', checkouts],
      ['clients', clients],
      ['pieces to sell', `${variants} × ${each}`],
      ['sold', sold],
      ['told that it is sold out', counts.soldOut],
      ['never came back from PayPal', counts.left],
      ['declined first', counts.declinedFirst],
      ['answers that left it open', counts.openAnswers],
      ['held in the end', held],
    ],
    violations,
  }
}

export const part: Part = {
  name: 'oversell',
  claim: 'However many want it at once, exactly what is there is sold, and no stock stays held.',
  fullSize: 50_000,
  async run({ size, seed, say }) {
    const server = await startProofServer()
    const paypal = await startSimulatorProcess(server.folder)
    const db = createDatabase(await server.newDatabase())
    try {
      // A fifth of the checkouts can succeed, whatever the size.
      const each = Math.max(Math.floor(size / 100), 1)
      return await tryToOversell(db, paypal, { checkouts: size, clients: 32, variants: 20, each }, { seed, say })
    } finally {
      await db.$client.end()
      await paypal.close()
      await server.stop()
    }
  },
}
