// @ts-check
import { ORIGIN } from './origin.js'

/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {{ type: "approved" | "cancelled", orderId: string, payerId?: string }} BuyerResult */

export const REDIRECT_MARK = 'simulated-paypal-redirect'
const POLL_MS = 250

/** Waits for the buyer: approved, cancelled, or the window closed. @param {Stage} stage @param {string} orderId @param {AbortSignal} stopped @returns {Promise<BuyerResult | null>} */
export function buyerResult(stage, orderId, stopped) {
  return new Promise((resolve) => {
    /** @param {BuyerResult | null} result */
    const finish = (result) => {
      window.removeEventListener('message', onMessage)
      window.clearInterval(poll)
      resolve(result)
    }
    /** @param {MessageEvent} event */
    const onMessage = (event) => {
      if (event.origin !== ORIGIN || event.source !== stage.source()) return
      const data = event.data
      if (data?.source === 'simulated-paypal' && data.orderId === orderId) finish(data)
    }
    window.addEventListener('message', onMessage)
    let closedPolls = 0
    // A closing window may have a message on its way: the second look decides.
    const poll = window.setInterval(() => {
      closedPolls += stage.isClosed() ? 1 : 0
      if (closedPolls > 1) finish({ type: 'cancelled', orderId })
    }, POLL_MS)
    stopped.addEventListener('abort', () => finish(null))
  })
}

/** Ids whose return was reported; a page that mounts twice must not report twice. */
export const resumed = new Set()

/** What the query of the page says about a redirect that came back. @param {string} [address] @returns {BuyerResult | null} */
export function returnedResult(address) {
  const query = new URL(address ?? window.location.href, window.location.href).searchParams
  const orderId = query.get('token')
  const payerId = query.get('PayerID')
  if (orderId === null || resumed.has(orderId)) return null
  if (payerId !== null) return { type: 'approved', orderId, payerId }
  return sessionStorage.getItem(REDIRECT_MARK) === orderId ? { type: 'cancelled', orderId } : null
}
