// @ts-check
import { buyerResult, REDIRECT_MARK, resumed, returnedResult } from './buyer-result.js'
import { ORIGIN } from './origin.js'
import { openStage } from './stage.js'

/** @typedef {{ orderId: string }} CreatedOrder */
/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {import("./stage.js").StartOptions} StartOptions */
/** @typedef {import("./buyer-result.js").BuyerResult} BuyerResult */
/**
 * @typedef {object} Callbacks
 * @property {string} [orderId]
 * @property {(data: object) => Promise<void> | void} [onApprove]
 * @property {(data: object) => void} [onCancel]
 * @property {(error: Error) => void} [onError]
 * @property {(data: object) => void} [onComplete]
 */

/** @param {string} message @param {string} code */
function paypalError(message, code) {
  return Object.assign(new Error(message), { name: 'PayPalError', code, isRecoverable: true })
}

/** @param {string} orderId @param {string} presentation */
function buyerPageUrl(orderId, presentation) {
  const url = new URL('/checkoutnow', ORIGIN)
  url.searchParams.set('token', orderId)
  url.searchParams.set('presentation', presentation)
  url.searchParams.set('origin', window.location.origin)
  return url.href
}

/** @param {Callbacks} callbacks @param {BuyerResult} result */
async function report(callbacks, result) {
  if (result.type === 'cancelled') {
    callbacks.onCancel?.({ orderId: result.orderId })
    callbacks.onComplete?.({ paymentSessionState: 'canceled' })
    return
  }
  try {
    await callbacks.onApprove?.({
      orderId: result.orderId,
      payerId: result.payerId,
      fundingSource: 'paypal',
    })
    callbacks.onComplete?.({ paymentSessionState: 'approved' })
  } catch (error) {
    callbacks.onError?.(paypalError(error instanceof Error ? error.message : 'onApprove failed', 'ERR_ON_APPROVE'))
    callbacks.onComplete?.({ paymentSessionState: 'error' })
  }
}

/** @param {Callbacks} callbacks */
export function createSession(callbacks) {
  let stop = new AbortController()
  /** @type {Stage | null} */
  let current = null

  /** @param {Promise<CreatedOrder>} order @param {StartOptions} options */
  async function startRedirect(order, options) {
    const { orderId } = await order.catch(failed)
    sessionStorage.setItem(REDIRECT_MARK, orderId)
    const redirectURL = buyerPageUrl(orderId, 'redirect')
    if (options.autoRedirect?.enabled === false) return { redirectURL }
    window.location.assign(redirectURL)
    return undefined
  }

  /** @param {unknown} error @returns {never} */
  function failed(error) {
    const message = error instanceof Error ? error.message : 'The order could not be created'
    callbacks.onError?.(paypalError(message, 'ERR_CREATE_ORDER'))
    callbacks.onComplete?.({ paymentSessionState: 'error' })
    throw error
  }

  /** @param {Promise<CreatedOrder>} order @param {StartOptions} options */
  async function startStage(order, options) {
    const { stage, presentation } = openStage(options)
    current = stage
    stop = new AbortController()
    const { signal } = stop
    try {
      const { orderId } = await order.catch(failed)
      if (signal.aborted) return
      if (!stage.isClosed()) stage.show(buyerPageUrl(orderId, presentation))
      const result = await buyerResult(stage, orderId, signal)
      stage.close()
      if (result !== null) await report(callbacks, result)
    } finally {
      stage.close()
      if (current === stage) current = null
    }
  }

  const end = () => {
    stop.abort()
    current?.close()
    current = null
  }
  return {
    /** @param {StartOptions} [options] @param {Promise<CreatedOrder>} [orderPromise] */
    start(options = {}, orderPromise) {
      if (current !== null) {
        orderPromise?.catch(() => {})
        return Promise.reject(paypalError('A payment is already under way', 'ERR_SESSION_IN_PROGRESS'))
      }
      const order = orderPromise ?? Promise.resolve({ orderId: callbacks.orderId ?? '' })
      const mode = options.presentationMode ?? 'auto'
      return mode === 'redirect' || mode === 'direct-app-switch'
        ? startRedirect(order, options)
        : startStage(order, options)
    },
    /** @param {string} [address] */
    hasReturned: (address) => returnedResult(address) !== null,
    /** @param {string} [address] */
    async resume(address) {
      const result = returnedResult(address)
      if (result === null) return
      resumed.add(result.orderId)
      sessionStorage.removeItem(REDIRECT_MARK)
      await report(callbacks, result)
    },
    cancel: end,
    destroy: end,
  }
}
