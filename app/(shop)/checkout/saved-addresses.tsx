import { ButtonStep } from '@/components/checkout/button-step'
import { addressLines } from '@/lib/domain/address'
import type { SavedAddress } from '@/lib/members/address-book'

import { deliverHere } from './actions'

/** The member's address book at checkout: one click on each. */
export function SavedAddresses({ addresses }: { addresses: readonly SavedAddress[] }) {
  if (addresses.length === 0) return null
  return (
    <div className="mb-8">
      <ul className="divide-y divide-rule rounded-sm border border-edge bg-sheet">
        {addresses.map((address) => (
          <li key={address.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
            <span className="min-w-0 flex-1 break-words">{addressLines(address).join(', ')}</span>
            <ButtonStep
              action={deliverHere}
              hidden={{ addressId: address.id }}
              look={address.isDefault ? 'primary' : 'secondary'}
              pendingLabel="Filling in…"
            >
              Deliver here<span className="sr-only">: {address.line1}</span>
            </ButtonStep>
          </li>
        ))}
      </ul>
      <p className="mt-6 text-base">Or to another address:</p>
    </div>
  )
}
