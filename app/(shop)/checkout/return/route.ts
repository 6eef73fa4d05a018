import { findOwnOrderOfCart, finishReturn } from '@/lib/web/return-door'
import { seeOther } from '@/lib/web/see-other'
import { showUnavailable } from '@/lib/web/unavailable'

const AGAIN = { href: '/checkout/return', label: 'Ask again now', asksAgain: true }

/**
 * Where PayPal sends the buyer back to. The one address that changes something on GET: it runs the same idempotent
 * finish as the button, for the browser that began the payment and for nobody else.
 */
export async function GET(request: Request) {
  const token = new URL(request.url).searchParams.get('token')
  if (token !== null) return seeOther(await finishReturn(token))
  return showUnavailable(AGAIN, async () => seeOther(await findOwnOrderOfCart()))
}
