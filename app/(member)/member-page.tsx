import type { ReactNode } from 'react'

import { Container } from '@/components/ui/container'
import { PageHeading } from '@/components/ui/heading'
import { Notice } from '@/components/ui/notice'

/** A narrow page with one thing to do. */
export function MemberPage({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <Container width="text" className="pb-24">
      <PageHeading lead={lead}>{title}</PageHeading>
      {children}
    </Container>
  )
}

export type Asked = Promise<Record<string, string | string[] | undefined>>

/** A link that was used, is too old, or was never ours: not told apart. */
export function LinkOver({ children }: { children: ReactNode }) {
  return (
    <Notice tone="warning" title="This link is not good any more">
      {children}
    </Notice>
  )
}
