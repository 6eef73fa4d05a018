import { LineSummary } from '@/components/cart/line-summary'
import { Totals } from '@/components/cart/totals'
import { PageHeading } from '@/components/ui/heading'
import { addressLines } from '@/lib/domain/address'
import { formatMoney } from '@/lib/domain/money'
import type { OrderView } from '@/lib/domain/order'

import { CopyLink } from './copy-link'

const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** Everything bought and paid, what happens next, and the link to keep. */
export function Receipt({ order, linkPath }: { order: OrderView; linkPath: string }) {
  const { total } = order
  const money = (minor: number) => formatMoney({ minor, currency: total.currency })
  return (
    <>
      <PageHeading
        lead={
          <>
            Order {order.orderNumber}, placed {DATE.format(order.placedAt)} UTC. PayPal has your payment of{' '}
            {formatMoney(total)}.
          </>
        }
      >
        {order.state === 'delivered' ? 'Delivered' : 'Thank you. Your order is placed'}
      </PageHeading>
      <div className="grid gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-10">
          <NextSteps order={order} />
          <section aria-labelledby="items">
            <h2 id="items" className="border-t border-rule pt-4 text-xl">
              What you bought
            </h2>
            <ul className="mt-5 space-y-6">
              {order.items.map((item) => (
                <li key={item.sku}>
                  <LineSummary
                    name={item.productName}
                    options={item.options}
                    picture={item.picture}
                    total={money(item.lineTotalMinor)}
                  >
                    <p className="num mt-1 text-sm text-ink-soft">
                      {item.quantity} × {money(item.unitPriceMinor)}
                    </p>
                  </LineSummary>
                </li>
              ))}
            </ul>
          </section>
        </div>
        <div className="space-y-8">
          <section aria-labelledby="paid">
            <h2 id="paid" className="mb-4 border-t border-rule pt-4 text-xl">
              What you paid
            </h2>
            <Totals totals={{ ...order, currency: total.currency, totalMinor: total.minor }} />
            <p className="mt-3 text-sm break-words text-ink-soft">PayPal transaction {order.paypalCaptureId}</p>
          </section>
          <section aria-labelledby="address">
            <h2 id="address" className="mb-3 border-t border-rule pt-4 text-xl">
              Where it goes
            </h2>
            <address className="text-base not-italic">
              {addressLines(order.address).map((line, index) => (
                <span key={index} className="block break-words">
                  {line}
                </span>
              ))}
            </address>
            <p className="mt-2 text-sm text-ink-soft">
              {order.deliveryName}, {order.deliveryEstimate}
            </p>
          </section>
          <section aria-labelledby="keep" className="print:hidden">
            <h2 id="keep" className="mb-3 border-t border-rule pt-4 text-xl">
              Keep this page
            </h2>
            <p className="text-sm text-ink-soft">
              <a href={linkPath} className="underline underline-offset-4">
                This link opens the receipt
              </a>{' '}
              on any device. Whoever has it can read it, so share it with care.
            </p>
            <CopyLink path={linkPath} />
          </section>
        </div>
      </div>
    </>
  )
}

function NextSteps({ order }: { order: OrderView }) {
  const steps =
    order.state === 'delivered'
      ? ['Paid', 'Packed', 'Delivered']
      : [
          'Your payment has arrived.',
          'We pack your order.',
          `It is delivered: ${order.deliveryName}, ${order.deliveryEstimate}.`,
        ]
  const done = order.state === 'delivered' ? steps.length : 1
  return (
    <section aria-labelledby="next">
      <h2 id="next" className="border-t border-rule pt-4 text-xl">
        {order.state === 'delivered' ? 'What happened' : 'What happens next'}
      </h2>
      <ol className="mt-4 space-y-3">
        {steps.map((step, index) => (
          <li key={step} className="flex gap-3 text-base">
            <span
              aria-hidden="true"
              className={`num flex size-6 shrink-0 items-center justify-center rounded-full border text-sm ${index < done ? 'border-positive text-positive' : 'border-edge text-ink-soft'}`}
            >
              {index < done ? '✓' : index + 1}
            </span>
            <span>
              {step}
              {index < done ? <span className="sr-only"> Done.</span> : null}
            </span>
          </li>
        ))}
      </ol>
      <p className="mt-4 text-sm text-ink-soft">If there is a question about this order, we write to {order.email}.</p>
    </section>
  )
}
