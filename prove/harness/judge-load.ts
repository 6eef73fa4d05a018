import { judgeMoney } from './judge-money'
import { askOnceMore, judgeTold } from './judge-told'
import type { Load } from './load'
import { settle } from './settle'
import type { ShopWorld } from './shop-world'
import { awaitWebhooks, findLostEvents, listAcknowledged } from './webhooks'

/** Lets everything come to rest after a load, and tells whatever is wrong then. */
export async function judgeLoad({ db, paypal }: ShopWorld, { paying }: Load): Promise<string[]> {
  await awaitWebhooks(paypal)
  const wrong = (await settle(db, paying)) ? [] : ['it does not come to rest']
  wrong.push(...(await askOnceMore(paying)))
  wrong.push(...(await findLostEvents(db, await listAcknowledged(paypal))))
  const ledger = await paypal.ledger()
  return [...wrong, ...(await judgeMoney(db, ledger)), ...(await judgeTold(db, ledger, paying))]
}
