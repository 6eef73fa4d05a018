import type { HttpBuyer } from '../harness/http-buyer'
import { startPostgresProxy } from '../harness/postgres-proxy'
import type { Program } from '../harness/program'
import { onlyPrograms, openWorld, WORKER_SEES_PAYPAL_AT, type Layout, type ShopWorld } from '../harness/shop-world'
import { stepOfCommit, stepOfOperation, type Driver } from './steps'
import { Trap } from './trap'

/** A shop in production mode with database, worker and PayPal of its own, and somebody who reads all its messages. */
export interface Lane {
  readonly layout: Layout
  /** Not through the proxies. */
  readonly db: ShopWorld['db']
  readonly paypal: ShopWorld['paypal']
  readonly shop: Program
  /** The shop itself where the worker runs inside it. */
  readonly worker: Program
  readonly trap: Trap
  readonly spoiled: ShopWorld['spoiled']
  /** Webhooks that were answered with 200: PayPal forgets them. */
  readonly acknowledged: Set<string>
  readonly newBuyer: () => Promise<HttpBuyer>
  readonly close: () => Promise<void>
}

export async function openLane(layout: Layout, databaseUrl: string, folder: string): Promise<Lane> {
  const trap = new Trap()
  const driverIf = (isWorker: boolean): Driver | null => {
    if (layout === 'in-process') return null
    return isWorker ? 'worker' : 'request'
  }
  const watch = (isWorker: boolean) =>
    startPostgresProxy(databaseUrl, ({ statements, moment }) =>
      trap.see({ step: stepOfCommit(statements), moment, driver: driverIf(isWorker) }),
    )
  const shopProxy = await watch(false)
  const workerProxy = await watch(true)
  const world = await openWorld({
    folder,
    databaseUrl,
    shopDatabaseUrl: shopProxy.url,
    workerDatabaseUrl: workerProxy.url,
    layout,
    onMessage: ({ operation, phase, path, host }) => {
      const driver = driverIf(host === WORKER_SEES_PAYPAL_AT)
      return trap.see({ step: stepOfOperation(operation), moment: phase, driver, path })
    },
  })
  return {
    layout,
    db: world.db,
    paypal: world.paypal,
    ...onlyPrograms(world),
    trap,
    spoiled: world.spoiled,
    acknowledged: new Set(),
    newBuyer: world.newBuyer,
    close: async () => {
      await world.close()
      shopProxy.close()
      workerProxy.close()
    },
  }
}
