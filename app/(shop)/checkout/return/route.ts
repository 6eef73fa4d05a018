import { findOwnOrderOfCart, finishReturn } from '@/lib/web/return-door'
import { seeOther } from '@/lib/web/see-other'

/**
 * Where PayPal sends the buyer back to. The one address that changes something on GET: it runs the same idempotent
 * finish as the button, for the browser that began the payment and for nobody else.
 */
export async function GET(request: Request) {
  const token = new URL(request.url).searchParams.get('token')
  return seeOther(token === null ? await findOwnOrderOfCart() : await finishReturn(token))
}
