import type { Metadata } from 'next'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { Facts, Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getMailState } from '@/lib/admin/settings/mail'
import { getShopSettings } from '@/lib/admin/settings/shop'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import type { Asked } from '../../admin-page'
import { SettingsPage } from '../settings-page'
import { mailMe, saveSender } from './actions'

export const instant = false
export const metadata: Metadata = { title: 'Mail' }

export default async function MailSettingsPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('settings.manage', '/admin/settings/mail')
  const { settings, seen } = await getShopSettings(adminDatabase(), admin)
  const { server, from, waiting, givenUp, lastSentAt } = await getMailState(adminDatabase(), admin)
  return (
    <SettingsPage admin={admin} here="/admin/settings/mail" done={asked['done']}>
      <div className="grid max-w-5xl grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-2">
        <Panel id="sender" title="Sender">
          <ActForm
            id="sender"
            action={saveSender}
            refused={await readRefusedForm('sender', asked['refused'])}
            hidden={{ seen: String(seen.mail) }}
            fields={[
              {
                kind: 'text',
                name: 'mailSenderName',
                label: 'Name',
                value: settings.mailSenderName,
                maxLength: 60,
                optional: true,
                hint: `Beside ${from?.address ?? 'the address'}. Empty: ${from?.name || 'no name'}.`,
              },
              {
                kind: 'text',
                name: 'mailReplyTo',
                label: 'Answers go to',
                value: settings.mailReplyTo,
                maxLength: 254,
                optional: true,
                hint: 'Empty: to the sender’s address.',
              },
            ]}
            submit="Save the sender"
            pending="Saving…"
          />
        </Panel>
        <Panel id="server" title="How mail gets out">
          <Facts
            rows={[
              ['Server', server],
              ['Sends for', from?.address ?? '–'],
              ['Last sent', lastSentAt ? <Time key="sent" at={lastSentAt} /> : 'not in ten days'],
              ['Waiting', waiting],
              [
                'Given up in ten days',
                givenUp === 0 ? (
                  '0'
                ) : (
                  <span key="given-up" className="text-danger">
                    {givenUp}
                  </span>
                ),
              ],
            ]}
          />
          <p className="mt-3 mb-4 text-xs text-ink-soft">
            The server and its password are set where the shop runs, in SMTP_URL and MAIL_FROM.
          </p>
          <ActForm
            id="test"
            action={mailMe}
            refused={await readRefusedForm('test', asked['refused'])}
            fields={[]}
            submit={`Send a test mail to ${admin.email}`}
            pending="Queueing…"
            look="plain"
          />
        </Panel>
      </div>
    </SettingsPage>
  )
}
