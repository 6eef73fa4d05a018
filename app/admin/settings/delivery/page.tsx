import type { Metadata } from 'next'
import { connection } from 'next/server'

import { PlainLink } from '@/components/ui/plain-link'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getZones, lastChangeOfZone } from '@/lib/admin/settings/delivery'
import { getShopSettings } from '@/lib/admin/settings/shop'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import type { Asked } from '../../admin-page'
import { RowId } from '../read-settings-form'
import { SettingsPage } from '../settings-page'
import { MethodForms } from './method-forms'
import { ZoneForms } from './zone-forms'
import { ZonePanel } from './zone-panel'

export const instant = false
export const metadata: Metadata = { title: 'Delivery' }

/** All zones; the one that the address names, or one of its methods, is open beside them. */
export default async function DeliverySettingsPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('settings.manage', '/admin/settings/delivery')
  const db = adminDatabase()
  const zones = await getZones(db, admin)
  const { currency } = (await getShopSettings(db, admin)).settings
  const open = zones.find(({ id }) => id === RowId.parse(asked['zone'] ?? null)) ?? null
  const method = open?.methods.find(({ id }) => id === RowId.parse(asked['method'] ?? null)) ?? null
  const seen = open ? await lastChangeOfZone(db, admin, open.id) : 0
  const refused = (form: string) => readRefusedForm(form, asked['refused'])
  const isMethod = open !== null && (method !== null || asked['method'] === 'new')
  const isZone = !isMethod && (open !== null || asked['zone'] === 'new')
  return (
    <SettingsPage
      admin={admin}
      here="/admin/settings/delivery"
      done={asked['done']}
      aside={
        <PlainLink href="/admin/settings/delivery?zone=new#edit" className="desk-button">
          Add a zone
        </PlainLink>
      }
    >
      <div
        className={`grid grid-cols-[minmax(0,1fr)] items-start gap-6 ${isMethod || isZone ? 'xl:grid-cols-[minmax(0,1fr)_26rem]' : 'max-w-5xl'}`}
      >
        {isMethod || isZone ? (
          <div id="edit" className="scroll-mt-4 space-y-6 xl:order-2">
            {isMethod ? (
              <MethodForms
                zone={open}
                method={method}
                seen={seen}
                currency={currency}
                refused={{ method: await refused('method'), dropMethod: await refused('dropMethod') }}
              />
            ) : (
              <ZoneForms
                zone={open}
                seen={seen}
                refused={{ zone: await refused('zone'), dropZone: await refused('dropZone') }}
              />
            )}
          </div>
        ) : null}
        <div className="space-y-4">
          {zones.length === 0 ? (
            <p className="text-ink-soft">There is no zone yet, so nobody can order. Add the first one.</p>
          ) : null}
          {zones.map((zone) => (
            <ZonePanel key={zone.id} zone={zone} currency={currency} openMethodId={method?.id ?? null} />
          ))}
        </div>
      </div>
    </SettingsPage>
  )
}
