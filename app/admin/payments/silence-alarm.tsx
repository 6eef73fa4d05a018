import { Time } from '@/components/admin/time'
import { Notice } from '@/components/ui/notice'
import { PlainLink } from '@/components/ui/plain-link'

/** PayPal has told nothing although there were payments. */
export function SilenceAlarm({ since }: { since: Date | null }) {
  if (since === null) return null
  return (
    <div className="mb-6 max-w-3xl">
      <Notice tone="danger" title="PayPal is silent">
        Its last event came before the payment of <Time at={since} />. Payments still become orders, and PayPal is asked
        for its events every fifteen minutes; but refunds and disputes are heard of late. Look at{' '}
        <PlainLink href="/admin/payments/webhooks" className="text-link">
          what has come
        </PlainLink>
        , and whether the shop can be reached from outside.
      </Notice>
    </div>
  )
}
