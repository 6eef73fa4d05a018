import type { Metadata } from 'next'
import { connection } from 'next/server'

import { Facts, Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import { Notice } from '@/components/ui/notice'
import { PlainLink } from '@/components/ui/plain-link'
import { adminDatabase } from '@/lib/admin/admin-services'
import { askPayPal, getPayPalState, type PayPalReport, type PayPalState } from '@/lib/admin/settings/paypal'
import { requireAdmin } from '@/lib/web/current-admin'

import type { Asked } from '../../admin-page'
import { SettingsPage } from '../settings-page'
import { causeText, faultText, lagText, MODE_TEXTS } from './paypal-texts'

export const instant = false
export const metadata: Metadata = { title: 'PayPal' }

/** PayPal itself is asked only when somebody wants to know: its answer may take seconds. */
export default async function PayPalSettingsPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('settings.manage', '/admin/settings/paypal')
  const state = await getPayPalState(adminDatabase(), admin)
  const report = asked['ask'] === '1' ? await askPayPal(admin) : null
  return (
    <SettingsPage
      admin={admin}
      here="/admin/settings/paypal"
      aside={
        <PlainLink href="/admin/settings/paypal?ask=1" className="desk-button">
          Ask PayPal now
        </PlainLink>
      }
    >
      {report ? (
        <div className="mb-6 max-w-3xl">
          <Report report={report} />
        </div>
      ) : null}
      <div className="grid max-w-5xl grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-2">
        <Panel id="account" title="Account">
          <Facts
            rows={[
              ['Mode', MODE_TEXTS[state.mode]],
              ['Merchant', state.merchantId],
              ['Invoice ids begin with', state.invoicePrefix],
            ]}
          />
          <p className="mt-3 text-xs text-ink-soft">
            Set where the shop runs, with client id and secret, which nobody is shown. A payment to another merchant is
            never taken for an order.
          </p>
        </Panel>
        <WebhookPanel state={state} />
      </div>
    </SettingsPage>
  )
}

function WebhookPanel({ state }: { state: PayPalState }) {
  const { webhookId, lastDeliveredAt, lagSeconds, waiting, oldestWaitingAt } = state
  return (
    <Panel
      id="webhook"
      title="Webhook"
      aside={
        <PlainLink href="/admin/payments/webhooks" className="text-link text-xs">
          All events
        </PlainLink>
      }
    >
      <Facts
        rows={[
          [
            'Registered as',
            webhookId ?? (
              <span key="none" className="text-danger">
                not registered
              </span>
            ),
          ],
          ['Delivers to', state.webhookAddress],
          ['Last event', lastDeliveredAt ? <Time key="last" at={lastDeliveredAt} /> : 'none yet'],
          ['Usually after', lagText(lagSeconds)],
          [
            'Waiting here',
            waiting === 0 || oldestWaitingAt === null ? (
              'none'
            ) : (
              <span key="waiting">
                {waiting}, the oldest since <Time at={oldestWaitingAt} />
              </span>
            ),
          ],
        ]}
      />
      {webhookId === null ? (
        <p className="mt-3 text-xs text-ink-soft">
          PayPal is asked every fifteen minutes instead. Register with “npm run paypal:webhooks -- register”, and set
          PAYPAL_WEBHOOK_ID.
        </p>
      ) : null}
    </Panel>
  )
}

function Report({ report }: { report: PayPalReport }) {
  if (report.kind === 'no_answer') {
    return (
      <Notice tone="danger" title="PayPal cannot be spoken to" announce>
        {causeText(report.cause)}
      </Notice>
    )
  }
  if (report.faults.length === 0) {
    return (
      <Notice tone="positive" announce>
        The credentials work, and PayPal delivers all events that the shop needs to its address.
      </Notice>
    )
  }
  return (
    <Notice tone="warning" title="The credentials work, the webhook does not" announce>
      {report.faults.map(faultText).join(' ')}
    </Notice>
  )
}
