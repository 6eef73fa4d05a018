import type { Metadata } from 'next'
import { cacheLife, cacheTag } from 'next/cache'

import { NOT_FOUND_METADATA, NotFoundPage } from '@/components/layout/not-found-page'
import { Container } from '@/components/ui/container'
import { PageHeading } from '@/components/ui/heading'
import { BUILD_PLACEHOLDER, CATALOGUE_TAG } from '@/lib/catalog/cache'
import { getContact } from '@/lib/catalog/get-contact'

import { contactText } from './contact'
import { DELIVERY } from './delivery'
import type { InfoText } from './info-text'
import { PRIVACY } from './privacy'
import { RETURNS } from './returns'
import { TERMS } from './terms'

export const ensureStatic = 'navigation'

const TEXTS: Readonly<Record<string, InfoText>> = {
  delivery: DELIVERY,
  returns: RETURNS,
  terms: TERMS,
  privacy: PRIVACY,
}

/** Made at the first request like the catalogue: the frame around the text names the shop and its categories. */
export function generateStaticParams() {
  return [{ page: BUILD_PLACEHOLDER }]
}

async function findText(page: string): Promise<InfoText | null> {
  if (page === 'contact') return contactText(await getContact())
  return Object.hasOwn(TEXTS, page) ? (TEXTS[page] ?? null) : null
}

export async function generateMetadata({ params }: PageProps<'/info/[page]'>): Promise<Metadata> {
  'use cache'
  cacheLife('catalogue')
  cacheTag(CATALOGUE_TAG)
  const { page } = await params
  const text = await findText(page)
  return text ? { title: text.title, alternates: { canonical: `/${page}` } } : NOT_FOUND_METADATA
}

export default async function InfoPage({ params }: PageProps<'/info/[page]'>) {
  'use cache'
  cacheLife('catalogue')
  cacheTag(CATALOGUE_TAG)
  const text = await findText((await params).page)
  if (!text) return <NotFoundPage />
  return (
    <Container width="text">
      <PageHeading lead={text.lead}>{text.title}</PageHeading>
      <div className="prose">
        {text.parts.map(({ title, paragraphs }) => (
          <section key={title}>
            <h2>{title}</h2>
            {paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </section>
        ))}
      </div>
    </Container>
  )
}
