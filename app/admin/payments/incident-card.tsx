import { ActForm } from '@/components/admin/act-form'
import { Facts, Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import type { StepState } from '@/components/checkout/step-state'
import type { IncidentRow } from '@/lib/admin/payments-desk'
import { formatMoney, isCurrency } from '@/lib/domain/money'
import { INCIDENT_DECISIONS } from '@/lib/domain/payment-incident'

import { decide } from './actions'
import { adviceText, DECISION_TEXTS, detailText, kindText } from './payment-texts'

/** An incident with what is needed to decide it, and the decisions that make sense for its kind. */
export function IncidentCard({
  incident,
  decides,
  refused,
}: {
  incident: IncidentRow
  decides: boolean
  refused: StepState | null
}) {
  const { id, kind, amountMinor, currency, orderNumber, paypalCaptureId, paypalOrderId, details, openedAt, facts } =
    incident
  const decisions = INCIDENT_DECISIONS[kind]
  const advice = adviceText(incident)
  return (
    <Panel
      id={`incident-${id}`}
      title={kindText(kind)}
      aside={
        amountMinor !== null && currency && isCurrency(currency) ? (
          <b className="num">{formatMoney({ minor: amountMinor, currency })}</b>
        ) : null
      }
    >
      <div className="mb-4 max-w-xl">
        <Facts
          rows={[
            ['Since', <Time key="since" at={openedAt} />],
            ...(orderNumber
              ? [
                  [
                    'Order',
                    <a key="order" href={`/admin/orders/${orderNumber}`} className="text-link">
                      {orderNumber}
                    </a>,
                  ] as const,
                ]
              : []),
            ...(paypalCaptureId ? [['PayPal capture', paypalCaptureId] as const] : []),
            ...(paypalOrderId ? [['PayPal order', paypalOrderId] as const] : []),
            ...Object.entries(details).flatMap(([name, value]) =>
              value === null ? [] : [detailText(name, value, currency)],
            ),
          ]}
        />
      </div>
      {advice ? <p className="mb-4 max-w-xl">{advice}</p> : null}
      {decides ? (
        <ActForm
          id={`incident-${id}`}
          action={decide}
          refused={refused}
          hidden={{ incidentId: id, shownFacts: facts }}
          compact
          fields={[
            {
              kind: 'select',
              name: 'decision',
              label: 'What is to be done',
              value: decisions[0] ?? 'ignore',
              options: decisions.map((value) => ({ value, label: DECISION_TEXTS[value] })),
            },
            ...(decisions.includes('link')
              ? [
                  {
                    kind: 'text' as const,
                    name: 'orderNumber',
                    label: 'Order, if it belongs to one',
                    maxLength: 20,
                    optional: true,
                  },
                ]
              : []),
            { kind: 'text', name: 'note', label: 'Why', maxLength: 500, optional: true },
          ]}
          submit="Decide"
          pending="Asking PayPal…"
        />
      ) : null}
    </Panel>
  )
}
