'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'

import { PAYMENT_MESSAGES } from '@/lib/domain/payment-messages'

import { askShop, waitForShop, type ShopAnswer } from './payment-client'

/** A page that is left open for longer than this has been left. */
const COME_AGAIN_MAX_SECONDS = 600

export type PaymentView =
  | { readonly kind: 'ready' }
  | { readonly kind: 'message'; readonly title: string; readonly text: string }
  /** The browser is on its way to another page, which says what there is to say. */
  | { readonly kind: 'leaving' }
  /** `finishing`: PayPal has the approval, the order is being made. `slow`: it takes longer than it should. */
  | { readonly kind: 'finishing' | 'slow' }

/** What happens around PayPal's button: the shop is asked at each turn, and its answers are shown. */
export function usePayment(shownTotalMinor: number) {
  const [view, setView] = useState<PaymentView>({ kind: 'ready' })
  const router = useRouter()
  const leaving = useRef(new AbortController())
  /** How often the button was pressed: who presses it again has something else in mind than what waits. */
  const asked = useRef(0)
  useEffect(() => {
    const controller = new AbortController()
    leaving.current = controller
    return () => controller.abort()
  }, [])

  /** Whatever PayPal's script reports from now on is about a payment that the shop has already answered for. */
  function leaveFor(address: string) {
    setView((now) => (now.kind === 'ready' ? { kind: 'leaving' } : now))
    location.assign(address)
  }

  function showMessage({ title, message }: ShopAnswer) {
    setView({ kind: 'message', title, text: message })
  }

  /** The buyer is told when; if they are still here then, they need not do it themselves. */
  async function comeAgain(answer: ShopAnswer, seconds: number, paypalOrderId: string): Promise<void> {
    showMessage(answer)
    if (seconds > COME_AGAIN_MAX_SECONDS) return
    const { current } = asked
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    if (leaving.current.signal.aborted || asked.current !== current) return
    setView({ kind: 'finishing' })
    await settle(await finish(paypalOrderId), paypalOrderId)
  }

  async function settle(answer: ShopAnswer, paypalOrderId: string): Promise<void> {
    const elsewhere = answer.receiptUrl ?? answer.waitUrl
    if (elsewhere) return leaveFor(elsewhere)
    if (answer.status === 402 || answer.status === 404) {
      leaveInAddress('/checkout')
      return showMessage(answer)
    }
    if (answer.retryAfterSeconds !== null) return comeAgain(answer, answer.retryAfterSeconds, paypalOrderId)
    setView({ kind: 'slow' })
    const { pollUrl } = answer
    // Without the shop's word nobody may be at it: then asking again means finishing again, which is safe any number of times.
    const ask = () => (pollUrl ? askShop(pollUrl) : finish(paypalOrderId))
    const later = await waitForShop(ask, leaving.current.signal)
    if (later) await settle(later, paypalOrderId)
  }

  return {
    view,
    createOrder: async (): Promise<{ orderId: string }> => {
      setView({ kind: 'ready' })
      asked.current += 1
      const answer = await askShop('/api/paypal/orders', { method: 'POST', body: { shownTotalMinor } })
      if (answer.status === 200 && answer.id) return { orderId: answer.id }
      if (answer.receiptUrl) leaveFor(answer.receiptUrl)
      else if (answer.kind === 'lines_unavailable') leaveFor('/cart?notice=sold_out')
      else if (answer.kind === 'cart_empty') leaveFor('/cart?notice=cart_empty')
      else if (answer.pollUrl) void settle(answer, '')
      else {
        showMessage(answer)
        router.refresh()
      }
      throw new Error(answer.kind)
    },
    approve: async (paypalOrderId: string): Promise<void> => {
      leaveInAddress(`/checkout?notice=approved&token=${paypalOrderId}`)
      setView({ kind: 'finishing' })
      await settle(await finish(paypalOrderId), paypalOrderId)
    },
    cancel: () => {
      const { title, text } = PAYMENT_MESSAGES.cancelled
      setView((now) => (now.kind === 'ready' ? { kind: 'message', title, text } : now))
    },
    fail: () => {
      const { title, text } = PAYMENT_MESSAGES.paypal_unavailable
      setView((now) => (now.kind === 'ready' ? { kind: 'message', title, text } : now))
    },
  }
}

/** Whoever loads the page anew finds there what they have approved, and a way to finish it. */
function leaveInAddress(path: string): void {
  window.history.replaceState(null, '', path)
}

function finish(paypalOrderId: string): Promise<ShopAnswer> {
  return askShop(`/api/paypal/orders/${paypalOrderId}/capture`, { method: 'POST' })
}
