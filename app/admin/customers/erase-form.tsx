import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import { Notice } from '@/components/ui/notice'
import type { StepState } from '@/components/checkout/step-state'
import type { Customer } from '@/lib/domain/customer'

import { forget } from './actions'
import { hiddenOf } from './customer-parts'
import { obstacleText } from './customer-texts'

/** What forgetting a customer means, and the address to type when it is meant. */
export function EraseForm({
  customer,
  email,
  orders,
  obstacle,
  refused,
}: {
  customer: Customer
  email: string
  orders: number
  obstacle: 'parcels' | 'payments' | null
  refused: StepState | null
}) {
  return (
    <div className="max-w-2xl space-y-6">
      {obstacle ? (
        <Notice tone="warning" title="Not yet">
          {obstacleText(obstacle)}
        </Notice>
      ) : null}
      <Panel id="forget" title={`Forget ${email}`}>
        <ul className="mb-5 list-disc space-y-1.5 ps-5">
          {customer.kind === 'member' ? (
            <li>The account ends at once, with its addresses, cart, wish list, devices and ways in.</li>
          ) : null}
          <li>Notes about this customer, and what mail says about them, are gone.</li>
          <li>
            {orders === 0
              ? 'There is no order.'
              : `${orders} ${orders === 1 ? 'order stays' : 'orders stay'} in the books`}
            {orders === 0
              ? ''
              : ', because the law asks for them: what was sold, for how much, to which country. Name and address are erased.'}
          </li>
          <li>It cannot be undone.</li>
        </ul>
        <ActForm
          id="forget"
          action={forget}
          refused={refused}
          hidden={{ ...hiddenOf(customer), address: email }}
          fields={[{ kind: 'text', name: 'typed', label: `Type ${email} to confirm`, maxLength: 254 }]}
          submit="Forget this customer"
          pending="Forgetting…"
          look="danger"
        />
      </Panel>
    </div>
  )
}
