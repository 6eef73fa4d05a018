import { getWebhookServices } from '@/lib/payments/webhook-services'
import { answerWebhook } from '@/lib/web/webhook-door'

/** PayPal's events. */
export async function POST(request: Request) {
  return answerWebhook(getWebhookServices(), request)
}
