import type { Metadata } from 'next'
import { connection } from 'next/server'

import { ActForm, type ActField } from '@/components/admin/act-form'
import { Facts, Panel } from '@/components/admin/panel'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getShopSettings } from '@/lib/admin/settings/shop'
import { COUNTRIES } from '@/lib/domain/country'
import { CURRENCIES } from '@/lib/domain/money'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import type { Asked } from '../admin-page'
import { saveCurrency, saveSeller, saveShop } from './actions'
import { SettingsPage } from './settings-page'

export const instant = false
export const metadata: Metadata = { title: 'Settings' }

type Settings = Awaited<ReturnType<typeof getShopSettings>>['settings']

export default async function ShopSettingsPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('settings.manage', '/admin/settings')
  const { settings, hasSold, seen } = await getShopSettings(adminDatabase(), admin)
  const refused = (form: string) => readRefusedForm(form, asked['refused'])
  return (
    <SettingsPage admin={admin} here="/admin/settings" done={asked['done']}>
      <div className="grid max-w-5xl grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-2">
        <div className="space-y-6">
          <Panel id="shop" title="The shop">
            <ActForm
              id="shop"
              action={saveShop}
              refused={await refused('shop')}
              hidden={{ seen: String(seen.shop) }}
              fields={shopFields(settings)}
              submit="Save the shop"
              pending="Saving…"
            />
          </Panel>
          <Panel id="currency" title="Currency">
            {hasSold ? (
              <>
                <Facts rows={[['All prices are in', settings.currency]]} />
                <p className="mt-3 text-xs text-ink-soft">
                  It stays: orders, refunds and the books are in the currency in which they were paid.
                </p>
              </>
            ) : (
              <ActForm
                id="currency"
                action={saveCurrency}
                refused={await refused('currency')}
                hidden={{ seen: String(seen.currency) }}
                fields={[
                  {
                    kind: 'select',
                    name: 'currency',
                    label: 'All prices are in',
                    value: settings.currency,
                    options: CURRENCIES.map((value) => ({ value, label: value })),
                    hint: 'Until the first sale. The numbers stay: 19.00 of the old become 19.00 of the new.',
                  },
                ]}
                submit="Change the currency"
                pending="Changing…"
                look="plain"
              />
            )}
          </Panel>
        </div>
        <Panel id="seller" title="Who sells">
          <ActForm
            id="seller"
            action={saveSeller}
            refused={await refused('seller')}
            hidden={{ seen: String(seen.seller) }}
            fields={sellerFields(settings)}
            compact
            submit="Save the seller"
            pending="Saving…"
          />
        </Panel>
      </div>
    </SettingsPage>
  )
}

function shopFields({ name, tagline, contactEmail }: Settings): ActField[] {
  return [
    { kind: 'text', name: 'name', label: 'Name', value: name, maxLength: 60 },
    {
      kind: 'text',
      name: 'tagline',
      label: 'Tagline',
      value: tagline,
      maxLength: 160,
      optional: true,
      hint: 'On the home page, in the footer, and under the name in search engines.',
    },
    {
      kind: 'text',
      name: 'contactEmail',
      label: 'E-mail for questions',
      value: contactEmail,
      maxLength: 254,
      optional: true,
      hint: 'On the page “Contact”.',
    },
  ]
}

function sellerFields(settings: Settings): ActField[] {
  const field = (name: keyof Settings, label: string, maxLength: number, more: Partial<ActField> = {}): ActField => ({
    kind: 'text',
    name,
    label,
    value: settings[name],
    maxLength,
    optional: true,
    ...more,
  })
  return [
    field('legalName', 'Name on invoices', 120, {
      hint: 'The company or person who sells, with its legal form.',
      wide: true,
    }),
    field('addressLine1', 'Street and number', 120, { wide: true }),
    field('addressLine2', 'Addition', 120, { wide: true }),
    field('addressPostalCode', 'Postal code', 20),
    field('addressCity', 'Town or city', 80),
    field('addressRegion', 'State or region', 40),
    field('addressCountry', 'Country', 2, { hint: 'Two letters, such as DE.', list: Object.keys(COUNTRIES) }),
    field('taxId', 'Tax number or VAT id', 40, { hint: 'As it stands on invoices.', wide: true }),
  ]
}
