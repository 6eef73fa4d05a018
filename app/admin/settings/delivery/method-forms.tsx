import { ActForm, type ActField } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import type { StepState } from '@/components/checkout/step-state'
import type { ZoneMethod, ZoneRow } from '@/lib/admin/settings/delivery'
import { writeWeightBands } from '@/lib/domain/delivery-settings'
import { toDecimalString, type Currency } from '@/lib/domain/money'

import { dropMethod, keepMethod } from './actions'

/** A method's form, or that of a new one in a zone. */
export function MethodForms({
  zone,
  method,
  seen,
  currency,
  refused,
}: {
  zone: ZoneRow
  method: ZoneMethod | null
  seen: number
  currency: Currency
  refused: { method: StepState | null; dropMethod: StepState | null }
}) {
  const hidden = { zoneId: String(zone.id), methodId: method ? String(method.id) : '', seen: String(seen) }
  return (
    <>
      <Panel id="method" title={method ? `Change ${method.name}` : `A new method for ${zone.name}`}>
        <ActForm
          id="method"
          action={keepMethod}
          refused={refused.method}
          hidden={hidden}
          fields={methodFields(method, zone.methods.length, currency)}
          submit={method ? 'Save the method' : 'Add the method'}
          pending="Saving…"
        />
      </Panel>
      {method ? (
        <Panel id="drop-method" title="Remove the method">
          <p className="mb-3">
            Carts that have chosen it choose anew. What has been ordered keeps it. To offer it again later, take the
            tick off “Offered” instead.
          </p>
          <ActForm
            id="drop-method"
            action={dropMethod}
            refused={refused.dropMethod}
            hidden={hidden}
            fields={[]}
            submit={`Remove ${method.name}`}
            pending="Removing…"
            look="danger"
          />
        </Panel>
      ) : null}
    </>
  )
}

function methodFields(method: ZoneMethod | null, others: number, currency: Currency): ActField[] {
  const rate = method?.rate ?? { kind: 'flat' as const, priceMinor: 0 }
  const amount = (minor: number) => toDecimalString({ minor, currency })
  return [
    { kind: 'text', name: 'name', label: 'Name', value: method?.name ?? '', maxLength: 60 },
    {
      kind: 'text',
      name: 'estimate',
      label: 'How long it takes',
      value: method?.estimate ?? '',
      maxLength: 60,
      hint: 'Such as “3 to 5 working days”.',
    },
    {
      kind: 'select',
      name: 'rateKind',
      label: 'How it is charged',
      value: rate.kind,
      options: [
        { value: 'flat', label: 'Always the same' },
        { value: 'free_above', label: 'The same, and free from a sum on' },
        { value: 'by_weight', label: 'By weight' },
      ],
    },
    {
      kind: 'text',
      name: 'price',
      label: `Price in ${currency}`,
      value: rate.kind === 'by_weight' ? '' : method ? amount(rate.priceMinor) : '',
      inputMode: 'decimal',
      maxLength: 20,
      optional: true,
      hint: 'Not when it is charged by weight.',
    },
    {
      kind: 'text',
      name: 'freeFrom',
      label: `Free from goods for, in ${currency}`,
      value: rate.kind === 'free_above' ? amount(rate.freeFromMinor) : '',
      inputMode: 'decimal',
      maxLength: 20,
      optional: true,
    },
    {
      kind: 'textarea',
      name: 'bands',
      label: 'Weights',
      value: rate.kind === 'by_weight' ? writeWeightBands(rate.bands, currency) : '',
      maxLength: 300,
      optional: true,
      hint: `One band a line: up to so many grams, and the price. “500 ${amount(990)}”.`,
    },
    {
      kind: 'number',
      name: 'position',
      label: 'Place in the list',
      value: String(method?.position ?? others),
      max: 999,
      hint: 'The lowest comes first where prices are the same.',
    },
    { kind: 'checkbox', name: 'active', label: 'Offered', value: method?.active === false ? '' : '1' },
  ]
}
