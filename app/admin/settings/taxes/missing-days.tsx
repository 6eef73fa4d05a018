import { Notice } from '@/components/ui/notice'
import type { MissingDay } from '@/lib/admin/settings/exchange-rates'
import type { Currency } from '@/lib/domain/money'

import { addressOfExchange } from './exchange-address'

/** What invoices wait for, the oldest first: a rate from today on would come too late for them. */
export function MissingDays({ missing, shopCurrency }: { missing: readonly MissingDay[]; shopCurrency: Currency }) {
  if (missing.length === 0) return null
  return (
    <div className="mb-6 max-w-3xl">
      <Notice tone="warning">
        <p>Invoices wait for a rate of the day on which they were paid, or of one before it:</p>
        <ul className="mt-2 space-y-1">
          {missing.map(({ base, currency, day, count, orderNumbers }) => (
            <li key={`${base} ${currency} ${day}`}>
              <a href={addressOfExchange({ currency, since: day }, base)} className="font-medium underline">
                Add {currency} from {day}
              </a>
              {base === shopCurrency ? '' : `, for 1 ${base}, in which they were paid`}
              {': '}
              {orderNumbers.map((orderNumber, index) => (
                <span key={orderNumber}>
                  {index > 0 ? ', ' : ''}
                  <a href={`/admin/orders/${orderNumber}`} className="num underline">
                    {orderNumber}
                  </a>
                </span>
              ))}
              {count > orderNumbers.length ? ` and ${count - orderNumbers.length} more` : ''}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
