import { sql } from 'drizzle-orm'

import { passTime } from '../harness/pass-time'
import { beginAndApprove, tryToBegin, tryToFinish, type KillBuyer } from './kill-buyers'
import type { Lane } from './lane'
import type { KillOrder } from './plan-kills'

/** The message comes at once or not at all, but "at once" is long on a busy machine. */
const PATIENCE_MS = 120_000

/**
 * Brings the buyers to where the step is taken and kills whoever takes it. Answers with the time of the death; null when the
 * step was never seen.
 */
export async function actUntilKilled(
  lane: Lane,
  order: KillOrder,
  buyers: readonly KillBuyer[],
): Promise<number | null> {
  const all = (act: (buyer: KillBuyer) => Promise<unknown>) => Promise.all(buyers.map(act))
  const arm = () =>
    lane.trap.arm(
      {
        step: order.step,
        moment: order.moment,
        driver: order.driver,
        nth: order.nth,
        pathsWith:
          order.step === 'look' || order.step === 'capture' ? buyers.map((one) => one.paypalOrderId ?? '') : [''],
        kill: () => (order.driver === 'request' ? lane.shop : lane.worker).kill(),
      },
      PATIENCE_MS,
    )
  const passAll = () => all(({ http }) => passTime(lane.db, http.cart.cartId))

  /** The trap is set before anybody moves. */
  const killDuring = async (act: () => Promise<unknown>) => (await Promise.all([arm(), act()]))[0]

  switch (order.step) {
    case 'begin':
    case 'create_order':
    case 'record_order':
      if (order.driver === 'request') return killDuring(() => all(tryToBegin))
      // PayPal fails them first, so that the worker has to ask again in their place.
      for (const _ of buyers) await lane.paypal.fault('create_order', 'error_before')
      await all(tryToBegin)
      return killDuring(passAll)
    case 'look':
    case 'fence':
    case 'capture':
    case 'finalise':
      await all((buyer) => beginAndApprove(lane, buyer))
      return killDuring(() => (order.driver === 'request' ? all(tryToFinish) : passAll()))
    case 'refund':
    case 'settle_refund':
      await all((buyer) => beginAndApprove(lane, buyer))
      for (const { paypalOrderId } of buyers) lane.spoiled.add(paypalOrderId ?? '')
      return killDuring(() => all(tryToFinish))
    case 'keep_event':
      await all((buyer) => beginAndApprove(lane, buyer))
      return killDuring(() => bringWebhooks(lane, buyers))
    case 'finish_event':
      await all((buyer) => beginAndApprove(lane, buyer))
      return killDuring(async () => {
        await bringWebhooks(lane, buyers)
        await lane.db.execute(sql`update webhook_events set next_action_at = now() where done_at is null`)
      })
  }
}

/** PayPal tells of what these buyers have done, once each. */
async function bringWebhooks({ paypal, acknowledged }: Lane, buyers: readonly KillBuyer[]): Promise<void> {
  const events = (await paypal.webhookEvents()).filter((event) => {
    const text = JSON.stringify(event)
    return buyers.some(({ paypalOrderId }) => paypalOrderId !== null && text.includes(paypalOrderId))
  })
  for (const { id } of events) {
    const [delivered] = await paypal.sendWebhook({ eventId: id })
    if (delivered?.status === 200) acknowledged.add(id)
  }
}
