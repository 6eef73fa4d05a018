/** Everything that can stand between a shopper and an order. The code travels in addresses and answers. */
export const PAYMENT_NOTICES = [
  'cancelled',
  'declined',
  'denied',
  'not_approved',
  'expired',
  'cart_changed',
  'mismatch',
  'refused',
  'refunded',
  'pending',
  'unknown',
  'payment_in_progress',
  'paypal_unavailable',
  'slow_down',
  'slow_finish',
  'approved',
  'price_changed',
  'sold_out',
  'delivery_unavailable',
  'details_missing',
  'cart_empty',
  'already_ordered',
  'forbidden',
  'unavailable',
] as const
export type PaymentNotice = (typeof PAYMENT_NOTICES)[number]

export interface PaymentMessage {
  readonly tone: 'info' | 'warning' | 'danger' | 'positive'
  readonly title: string
  /** What it means for the money, and what to do next. */
  readonly text: string
}

/** One table for the button, the forms without JavaScript and the waiting page. */
export const PAYMENT_MESSAGES: Readonly<Record<PaymentNotice, PaymentMessage>> = {
  cancelled: {
    tone: 'info',
    title: 'You came back without paying',
    text: 'Nothing was charged. Your cart and details are as you left them; pay whenever you are ready.',
  },
  declined: {
    tone: 'warning',
    title: 'PayPal declined this way of paying',
    text: 'Nothing was charged. Press the button again and choose another card or account at PayPal.',
  },
  denied: {
    tone: 'warning',
    title: 'PayPal has checked your payment and did not take it',
    text: 'Nothing was charged. Your cart and details are as you left them; you can pay again with another card or account.',
  },
  not_approved: {
    tone: 'info',
    title: 'PayPal has no approval from you yet',
    text: 'Nothing was charged. Press the button again and confirm the payment at PayPal.',
  },
  expired: {
    tone: 'warning',
    title: 'The reservation ran out',
    text: 'We keep your pieces for 15 minutes while you pay. Nothing was charged; press the button to start again.',
  },
  cart_changed: {
    tone: 'warning',
    title: 'Your order changed while you were paying',
    text: 'So that you pay for exactly what you see, we stopped the earlier payment. Nothing was charged; check the summary and pay again.',
  },
  mismatch: {
    tone: 'danger',
    title: 'PayPal showed another amount than we asked for',
    text: 'We did not take the payment. Nothing was charged; please start again.',
  },
  refused: {
    tone: 'warning',
    title: 'PayPal could not take this payment',
    text: 'Nothing was charged. Try again with another PayPal account or card.',
  },
  refunded: {
    tone: 'danger',
    title: 'We had to send your payment back',
    text: 'The payment reached us when the order could no longer be made. The full amount is on its way back to you.',
  },
  pending: {
    tone: 'info',
    title: 'PayPal is checking your payment',
    text: 'This can take from minutes to some days. Your pieces are kept for you, and the order is placed as soon as PayPal has your money. We write to you by e-mail either way; you need not pay again.',
  },
  unknown: {
    tone: 'info',
    title: 'We are finishing your order',
    text: 'PayPal has your approval and we are waiting for its confirmation. It is safe to wait here or to close this page. Please do not pay again.',
  },
  payment_in_progress: {
    tone: 'info',
    title: 'A payment for this cart is being completed',
    text: 'Wait a moment before changing or paying anything. You will not be charged twice.',
  },
  paypal_unavailable: {
    tone: 'warning',
    title: 'PayPal does not answer at the moment',
    text: 'Nothing was charged. Wait a minute and press the button again; your details are kept.',
  },
  slow_down: {
    tone: 'warning',
    title: 'A moment of patience, please',
    text: 'Many payments were begun in a short time from here, for this cart or with this e-mail address. Nothing was charged, and your cart and details are kept.',
  },
  slow_finish: {
    tone: 'warning',
    title: 'A moment of patience, please',
    text: 'Many payments were tried in a short time from here, for this cart or with this e-mail address. Your approval is kept, and you will not be charged twice.',
  },
  approved: {
    tone: 'info',
    title: 'PayPal has your approval',
    text: 'The order is not finished yet. Finish it here; you will not be charged twice.',
  },
  price_changed: {
    tone: 'warning',
    title: 'The total has changed',
    text: 'A price, the delivery or the tax changed since this page was loaded. Nothing was charged; check the new total and pay again if you agree.',
  },
  sold_out: {
    tone: 'warning',
    title: 'Something in your cart has just sold out',
    text: 'Nothing was charged. Your cart shows what is still available.',
  },
  delivery_unavailable: {
    tone: 'warning',
    title: 'This delivery method is not available',
    text: 'Choose another method or another address. Nothing was charged.',
  },
  details_missing: {
    tone: 'warning',
    title: 'A few details are missing',
    text: 'Fill in the step that is open, then pay.',
  },
  cart_empty: {
    tone: 'info',
    title: 'Your cart is empty',
    text: 'Put something in before you check out.',
  },
  already_ordered: {
    tone: 'positive',
    title: 'You have already bought this',
    text: 'This cart is an order, and you were not charged again. If you want the same things once more, pay again: that is a new order.',
  },
  forbidden: {
    tone: 'danger',
    title: 'This did not come from our page',
    text: 'Open the checkout and press the button there.',
  },
  unavailable: {
    tone: 'warning',
    title: 'The shop cannot answer at the moment',
    text: 'If you have approved a payment, it is safe: we finish it as soon as we can. Wait a moment and try again; you will not be charged twice.',
  },
}

/** Reads the code out of an address; null for anything else. */
export function parsePaymentNotice(value: unknown): PaymentNotice | null {
  return PAYMENT_NOTICES.find((notice) => notice === value) ?? null
}

/** When to come back, in words: "Try again in 2 minutes." */
export function sayWhen(seconds: number): string {
  if (seconds <= 90) return `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`
  if (seconds <= 7200) return `Try again in ${Math.ceil(seconds / 60)} minutes.`
  return `Try again in ${Math.ceil(seconds / 3600)} hours.`
}

/** The waiting time out of an address; null for what none of ours is. */
export function parseWait(value: unknown): number | null {
  const seconds = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : 0
  return seconds >= 1 && seconds <= 86_400 ? seconds : null
}
