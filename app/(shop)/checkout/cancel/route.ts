import { seeOther } from '@/lib/web/see-other'

/** PayPal's cancel address. Nothing is undone: the same PayPal order may still be paid while the stock is held. */
export function GET() {
  return seeOther('/checkout?notice=cancelled')
}
