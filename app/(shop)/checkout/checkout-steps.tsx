import { AddressForm } from '@/components/checkout/address-form'
import { ContactForm } from '@/components/checkout/contact-form'
import { DeliveryForm } from '@/components/checkout/delivery-form'
import { Step } from '@/components/checkout/step'
import type { StepState } from '@/components/checkout/step-state'
import { StepFocus } from '@/components/checkout/step-focus'
import { PlainLink } from '@/components/ui/plain-link'
import type { CheckoutView } from '@/lib/checkout/get-checkout-view'
import { addressLines } from '@/lib/domain/address'
import { CHECKOUT_STEPS, type CheckoutStep } from '@/lib/domain/checkout'
import { formatMoney } from '@/lib/domain/money'

import { submitAddress, submitContact, submitDelivery } from './actions'
import { toCountryFields } from './country-fields'
import { ReviewAndPay } from './review-and-pay'
import { SavedAddresses } from './saved-addresses'

const DEFAULT_COUNTRY = 'US'

/** Contact, address, delivery, payment: one is open, the ones before it can be edited. */
export function CheckoutSteps({
  view,
  current,
  refused,
}: {
  view: CheckoutView
  current: CheckoutStep
  /** What was wrong with the open step, when its form was posted without JavaScript. */
  refused: StepState | null
}) {
  const { draft, quote } = view
  const reached = CHECKOUT_STEPS.indexOf(view.openStep)
  const stateOf = (step: CheckoutStep) =>
    step === current ? 'open' : CHECKOUT_STEPS.indexOf(step) < reached ? 'done' : 'later'
  const saved: Record<string, string> = draft.address ?? { country: DEFAULT_COUNTRY }
  return (
    <div className="border-b border-rule">
      <StepFocus headingId={`step-${CHECKOUT_STEPS.indexOf(current) + 1}`} />
      <Step number={1} title="Contact" state={stateOf('contact')} editHref="/checkout?step=contact">
        {current === 'contact' ? (
          <>
            <ContactForm refused={refused} action={submitContact} email={draft.email ?? ''} />
            {view.savedAddresses ? null : (
              <p className="mt-4 text-sm text-ink-soft">
                Have an account?{' '}
                <PlainLink href="/sign-in?to=/checkout" className="text-link">
                  Sign in
                </PlainLink>{' '}
                and your addresses are filled in.
              </p>
            )}
          </>
        ) : stateOf('contact') === 'done' ? (
          <p className="break-words">{draft.email}</p>
        ) : null}
      </Step>
      <Step number={2} title="Delivery address" state={stateOf('address')} editHref="/checkout?step=address">
        {current === 'address' ? (
          <>
            <SavedAddresses addresses={view.savedAddresses ?? []} />
            <AddressForm
              refused={refused}
              action={submitAddress}
              saved={saved}
              countries={view.countries.flatMap(toCountryFields)}
            >
              {view.savedAddresses ? (
                <label className="flex min-h-11 items-center gap-3 text-base">
                  <input
                    type="checkbox"
                    name="keepAddress"
                    value="1"
                    defaultChecked={refused?.values['keepAddress'] === '1'}
                    className="size-4.5 accent-accent"
                  />
                  Keep this address in my account
                </label>
              ) : null}
            </AddressForm>
          </>
        ) : stateOf('address') === 'done' && draft.address ? (
          <p className="break-words">{addressLines(draft.address).join(', ')}</p>
        ) : null}
      </Step>
      <Step number={3} title="Delivery method" state={stateOf('delivery')} editHref="/checkout?step=delivery">
        {current === 'delivery' ? (
          <DeliveryForm
            refused={refused}
            action={submitDelivery}
            selected={quote.delivery?.methodId ?? null}
            options={quote.choices.map((choice) => ({
              methodId: choice.methodId,
              name: choice.name,
              estimate: choice.estimate,
              priceText:
                choice.priceMinor === 0 ? 'Free' : formatMoney({ minor: choice.priceMinor, currency: quote.currency }),
            }))}
          />
        ) : stateOf('delivery') === 'done' && quote.delivery ? (
          <p>
            {quote.delivery.name}, {quote.delivery.estimate}
          </p>
        ) : null}
      </Step>
      <Step number={4} title="Review and pay" state={stateOf('review')}>
        {current === 'review' ? <ReviewAndPay quote={quote} /> : null}
      </Step>
    </div>
  )
}
