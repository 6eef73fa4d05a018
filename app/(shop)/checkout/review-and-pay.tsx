import { PayWithPayPal } from '@/components/checkout/pay-with-paypal'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import type { CheckoutQuote } from '@/lib/checkout/quote-checkout'
import { formatMoney } from '@/lib/domain/money'
import { getButtonConfig } from '@/lib/payments/button-config'

/** The last step: the amount, PayPal's button, and the same payment as a plain form. */
export function ReviewAndPay({ quote }: { quote: CheckoutQuote }) {
  const config = getButtonConfig()
  const { totalMinor, currency } = quote.breakdown
  const total = formatMoney({ minor: totalMinor, currency })
  return (
    <div className="space-y-5">
      {config.simulatorScriptUrl ? (
        <>
          {/* PayPal's loader adopts a script at this path that is still pending, instead of fetching its own. */}
          <script async src={config.simulatorScriptUrl} data-loading-state="pending" />
          <Notice title="Demonstration">PayPal is simulated here; no real money moves.</Notice>
        </>
      ) : null}
      <p className="text-base">
        You pay <strong className="num">{total}</strong> with PayPal. Your pieces are kept for you for 15 minutes once
        you begin.
      </p>
      <PayWithPayPal clientId={config.clientId} environment={config.environment} shownTotalMinor={totalMinor} />
      {/* Works without JavaScript and without PayPal's script: a plain post that leads to PayPal's page and back. */}
      <form method="post" action="/checkout/pay" className="border-t border-rule pt-5 peer-data-busy:hidden">
        <input type="hidden" name="shownTotalMinor" value={totalMinor} />
        <p className="mb-3 text-sm text-ink-soft">
          Would you rather not use a pop-up window, or does the button not work?
        </p>
        <SubmitButton look="secondary" pendingLabel="Opening PayPal…">
          Pay {total} on PayPal’s page
        </SubmitButton>
      </form>
    </div>
  )
}
