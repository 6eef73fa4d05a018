import { randomUUID } from 'node:crypto'

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { ReturnForm } from '@/components/orders/return-form'
import { Container } from '@/components/ui/container'
import { PageHeading } from '@/components/ui/heading'
import { RETURN_WINDOW_DAYS } from '@/lib/domain/return'
import { getReceipt } from '@/lib/orders/find-receipt'
import { orderPath } from '@/lib/orders/receipt-link'
import { readOwnReturns } from '@/lib/returns/own-returns'
import { readRefusedForm } from '@/lib/web/answer-form'
import { readReceiptRequest } from '@/lib/web/receipt-request'

import { askToReturn } from './actions'

export const instant = false
export const metadata: Metadata = {
  title: 'Send something back',
  robots: { index: false },
  // The key in the address must not travel to other sites. With none at all, a form that the browser sends by itself would not
  // say whose it is.
  referrer: 'same-origin',
}

const DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })

export default async function ReturnPage({
  params,
  searchParams,
}: {
  params: Promise<{ orderNumber: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  await connection()
  const { orderNumber } = await params
  const asked = await searchParams
  const { key } = asked
  const opened = await getReceipt(await readReceiptRequest(orderNumber, key))
  if (!opened) notFound()
  const { order, link, isByLink } = opened
  const { choices, deadline } = await readOwnReturns(order)
  const hidden = {
    orderNumber: order.orderNumber,
    returnId: randomUUID(),
    key: typeof key === 'string' ? key : '',
  }
  const back = isByLink ? link.path : orderPath(order.orderNumber)
  return (
    <Container width="column" className="pb-24">
      <PageHeading
        lead={
          choices.length > 0 && deadline
            ? `Of order ${order.orderNumber}, until ${DATE.format(deadline)}. We look at it and write to you where to send it.`
            : `Of order ${order.orderNumber} nothing can be sent back: it has not left yet, comes back already, or more than ${RETURN_WINDOW_DAYS} days have passed.`
        }
      >
        Send something back
      </PageHeading>
      {choices.length > 0 ? (
        <ReturnForm
          action={askToReturn}
          refused={await readRefusedForm('return', asked['refused'])}
          hidden={hidden}
          choices={choices}
        />
      ) : null}
      <p className="mt-8 text-sm">
        <a href={back} className="underline underline-offset-4">
          Back to the order
        </a>
      </p>
    </Container>
  )
}
