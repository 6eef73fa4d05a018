import type { Metadata } from 'next'
import type { ReactNode } from 'react'

import { PhoneBar } from '@/components/layout/phone-bar'
import { SiteFooter } from '@/components/layout/site-footer'
import { SiteHeader } from '@/components/layout/site-header'
import { SkipLink } from '@/components/layout/skip-link'
import { getEnvironment, isBuilding } from '@/lib/runtime/env'

import { readNavigation } from './navigation'

export async function generateMetadata(): Promise<Metadata> {
  if (isBuilding()) return {}
  const { shopName, tagline } = await readNavigation()
  return {
    metadataBase: new URL(getEnvironment().APP_URL),
    title: { default: shopName, template: `%s · ${shopName}` },
    description: tagline,
    openGraph: { siteName: shopName, type: 'website' },
  }
}

export default async function ShopLayout({ children }: { children: ReactNode }) {
  const { shopName, tagline, categories } = await readNavigation()
  const demonstration = isBuilding() || getEnvironment().PAYPAL_ENVIRONMENT !== 'live'
  return (
    <div className="shop">
      <SkipLink />
      <SiteHeader shopName={shopName} categories={categories} />
      <main id="main" tabIndex={-1} className="outline-none">
        {children}
      </main>
      <SiteFooter shopName={shopName} tagline={tagline} demonstration={demonstration} />
      <PhoneBar categories={categories} />
    </div>
  )
}
