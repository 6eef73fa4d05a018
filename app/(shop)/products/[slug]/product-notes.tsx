import Truck from 'lucide-react/icons/truck'
import Undo2 from 'lucide-react/icons/undo-2'
import Link from 'next/link'

import { ICON } from '@/components/ui/icon-look'
import type { ProductView } from '@/lib/domain/catalog'

/** Delivery and returns in a line each, then what it is and what it is made of. */
export function ProductNotes({ product }: { product: ProductView }) {
  return (
    <div className="notes">
      <ul>
        <li>
          <Truck {...ICON} />
          <span>
            Packed within two working days. You see the price and the days it takes before you pay.{' '}
            <Link href="/delivery">Delivery</Link>
          </span>
        </li>
        <li>
          <Undo2 {...ICON} />
          <span>
            Send it back within 30 days and get your money back. <Link href="/returns">Returns</Link>
          </span>
        </li>
      </ul>
      {product.description.split(/\n+/).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {product.details.length > 0 ? (
        <dl>
          {product.details.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  )
}
