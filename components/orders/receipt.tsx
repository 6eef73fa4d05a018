import Check from 'lucide-react/icons/check'
import Download from 'lucide-react/icons/download'
import type { ComponentProps } from 'react'

import { LineSummary } from '@/components/cart/line-summary'
import { Totals } from '@/components/cart/totals'
import { orderStateText } from '@/components/members/order-state-text'
import { PageHeading } from '@/components/ui/heading'
import { ICON } from '@/components/ui/icon-look'
import { addressLines } from '@/lib/domain/address'
import { formatMoney } from '@/lib/domain/money'
import type { OrderView } from '@/lib/domain/order'
import type { OrderTimeline } from '@/lib/domain/order-timeline'

import { CopyLink } from './copy-link'
import { OrderReturns } from './order-returns'
import { Mark, Timeline } from './order-timeline'

const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })

/** Everything bought and paid, what happens next, and the link to keep. */
export function Receipt({
  order,
  link,
  papers,
  returns,
  returnDoor,
  within = false,
  timeline,
}: {
  order: OrderView
  link: { readonly path: string; readonly expiresAt: Date }
  /** Invoice and credit notes, to keep; without a path while it takes more than seconds. */
  papers: readonly { readonly name: string; readonly path: string | null }[]
  returns: ComponentProps<typeof OrderReturns>['returns']
  returnDoor: ComponentProps<typeof OrderReturns>['door']
  /** True on a page that has a heading of its own. */
  within?: boolean
  /** Instead of what happens next, once something has. */
  timeline: OrderTimeline
}) {
  const { total } = order
  const placedAt = `${DATE.format(order.placedAt)} UTC`
  const isNew = order.state === 'created' && timeline.events.length === 1
  const money = (minor: number) => formatMoney({ minor, currency: total.currency })
  return (
    <>
      {within ? null : isNew ? (
        <PageHeading
          lead={`Order ${order.orderNumber}, placed ${placedAt}. PayPal has your payment of ${formatMoney(total)}.`}
        >
          Thank you. Your order is placed
        </PageHeading>
      ) : (
        <PageHeading
          lead={`${orderStateText({ ...order, goneBackMinor: timeline.goneBackMinor })}. Placed ${placedAt}.`}
        >
          Order {order.orderNumber}
        </PageHeading>
      )}
      <div className="grid gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0 space-y-10">
          {within || !isNew ? <Timeline order={order} timeline={timeline} /> : <NextSteps order={order} />}
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
            <ul className="mt-2 text-sm print:hidden">
              {papers.map(({ name, path }) => (
                <li key={name}>
                  {path === null ? (
                    <span className="text-ink-soft">{name}: to be downloaded here within a day</span>
                  ) : (
                    <a href={path} className="inline-flex min-h-11 items-center gap-2">
                      <Download {...ICON} size={16} />
                      <span className="underline underline-offset-4">{name}</span>
                      <span className="text-ink-soft">PDF</span>
                    </a>
                  )}
                </li>
              ))}
            </ul>
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
          <OrderReturns returns={returns} door={returnDoor} />
          <section aria-labelledby="keep" className="print:hidden">
            <h2 id="keep" className="mb-3 border-t border-rule pt-4 text-xl">
              Keep this page
            </h2>
            <p className="text-sm text-ink-soft">
              <a href={link.path} className="underline underline-offset-4">
                This link opens the receipt
              </a>{' '}
              on any device until {DAY.format(link.expiresAt)}. Whoever has it can read it, so share it with care.
            </p>
            <CopyLink path={link.path} />
          </section>
        </div>
      </div>
    </>
  )
}

/** Nothing has happened but the payment. */
function NextSteps({ order }: { order: OrderView }) {
  const ahead = ['We pack your order.', `It is delivered: ${order.deliveryName}, ${order.deliveryEstimate}.`]
  return (
    <section aria-labelledby="next">
      <h2 id="next" className="border-t border-rule pt-4 text-xl">
        What happens next
      </h2>
      <ol className="mt-4 space-y-3">
        <li className="flex gap-3 text-base">
          <Mark look="border-positive text-positive">
            <Check {...ICON} size={15} />
          </Mark>
          <span>
            Your payment has arrived.<span className="sr-only"> Done.</span>
          </span>
        </li>
        {ahead.map((step, index) => (
          <li key={step} className="flex gap-3 text-base">
            <Mark look="border-edge text-ink-soft">{index + 2}</Mark>
            <span>{step}</span>
          </li>
        ))}
      </ol>
      <p className="mt-4 text-sm text-ink-soft">
        The receipt also goes to {order.email}. If there is a question about this order, we write there.
      </p>
    </section>
  )
}
