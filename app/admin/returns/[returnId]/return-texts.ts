import { REFUSED_TEXT } from '../../orders/[orderNumber]/order-texts'

const DONE_TEXTS: Readonly<Record<string, string>> = {
  approved: 'The return is approved. The buyer gets a mail with the address.',
  refused: 'The return is refused, and the buyer gets a mail that says why.',
  received: 'The parcel is taken in, and the buyer gets a mail. Its money waits to be given back.',
  refunded: 'The money is on its way back, and the buyer gets a mail once PayPal has sent it.',
  refund_refused: `The return is settled, but ${REFUSED_TEXT}`,
}

export function doneText(done: unknown): string | null {
  return typeof done === 'string' ? (DONE_TEXTS[done] ?? null) : null
}
