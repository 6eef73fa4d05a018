'use client'

import {
  INSTANCE_LOADING_STATE,
  PayPalProvider,
  usePayPal,
  usePayPalOneTimePaymentSession,
} from '@paypal/react-paypal-js/sdk-v6'
import { useEffect, useRef } from 'react'

import { Notice } from '@/components/ui/notice'

import { ButtonMissing } from './button-missing'
import { PayPalErrorBoundary } from './paypal-error-boundary'
import { usePayment } from './use-payment'

/**
 * PayPal's own button. It knows the shop's addresses and never decides that something is paid. The form below it does
 * the same through PayPal's page, so nothing is lost when PayPal's script is not there.
 */
export function PayWithPayPal({
  clientId,
  environment,
  shownTotalMinor,
}: {
  clientId: string
  environment: 'sandbox' | 'production'
  shownTotalMinor: number
}) {
  const payment = usePayment(shownTotalMinor)
  const { view } = payment
  const busy = view.kind === 'finishing' || view.kind === 'slow'
  const said = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (view.kind === 'message' || busy) said.current?.scrollIntoView({ block: 'nearest' })
  }, [view.kind, busy])
  return (
    <div className="peer" data-busy={busy || undefined}>
      <div ref={said} aria-live="polite">
        {view.kind === 'message' ? (
          <div className="mb-4">
            <Notice tone="warning" title={view.title}>
              {view.text}
            </Notice>
          </div>
        ) : null}
        {busy ? <Finishing slow={view.kind === 'slow'} /> : null}
      </div>
      <div
        className={`min-h-12 rounded-sm bg-wash noscript:hidden has-[p]:bg-transparent has-[paypal-button]:bg-transparent ${busy ? 'hidden' : ''}`}
      >
        <PayPalErrorBoundary>
          <PayPalProvider
            clientId={clientId}
            environment={environment}
            components={['paypal-payments']}
            pageType="checkout"
          >
            <Button payment={payment} />
          </PayPalProvider>
        </PayPalErrorBoundary>
      </div>
    </div>
  )
}

/**
 * The same as the package's `PayPalOneTimePaymentButton`, except that a payment which could not begin ends here: that component
 * lets go of the promise, and the page would report every refusal of the shop as an error of its own.
 */
function Button({ payment }: { payment: ReturnType<typeof usePayment> }) {
  const { loadingStatus, isHydrated } = usePayPal()
  const { error, isPending, handleClick } = usePayPalOneTimePaymentSession({
    presentationMode: 'auto',
    createOrder: payment.createOrder,
    onApprove: async ({ orderId }) => payment.approve(orderId),
    onCancel: payment.cancel,
    onError: payment.fail,
  })
  if (loadingStatus === INSTANCE_LOADING_STATE.REJECTED) return <ButtonMissing />
  if (!isHydrated) return <div />
  const disabled = isPending || error !== null ? { disabled: true } : {}
  return <paypal-button type="pay" {...disabled} onClick={() => void handleClick().catch(payment.fail)} />
}

function Finishing({ slow }: { slow: boolean }) {
  return (
    <Notice
      tone="info"
      title={slow ? 'We have your approval and are finishing your order' : 'PayPal has your approval'}
    >
      {slow
        ? 'PayPal’s confirmation takes longer than usual. It is safe to wait here or to close this page: the order is placed either way, and you will not be charged twice.'
        : 'Placing your order. This takes a few seconds; it is safe to wait.'}
    </Notice>
  )
}
