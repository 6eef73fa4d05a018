import { randomUUID } from 'node:crypto'

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { ActForm } from '@/components/admin/act-form'
import { Facts, Panel } from '@/components/admin/panel'
import { PlainLink } from '@/components/ui/plain-link'
import { adminDatabase } from '@/lib/admin/admin-services'
import { LOW_STOCK_MAX } from '@/lib/domain/catalog'
import { can } from '@/lib/domain/staff'
import { ADJUSTMENTS } from '@/lib/domain/stock-adjustment'
import { getVariantStock } from '@/lib/stock/stock-desk'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../admin-page'
import { countPieces, movePieces } from './actions'
import { MovementsPart } from './movements-part'
import { ADJUSTMENT_NAMES, doneText, NOTE_MAX } from './stock-texts'

export const instant = false
export const metadata: Metadata = { title: 'Stock of a variant' }

export default async function VariantStockPage({
  params,
  searchParams,
}: {
  params: Promise<{ variantId: string }>
  searchParams: Asked
}) {
  await connection()
  const { variantId } = await params
  const asked = await searchParams
  const admin = await requireAdmin('catalogue.read', `/admin/stock/${encodeURIComponent(variantId)}`)
  const before = Number(asked['before'])
  const found = await getVariantStock(
    adminDatabase(),
    admin,
    variantId,
    Number.isSafeInteger(before) && before > 0 ? before : null,
  )
  if (!found) notFound()
  const { line, movements, hasMore } = found
  const newest = movements[0]
  const hidden = { variantId: String(line.variantId), formId: randomUUID() }
  const note = { kind: 'text', name: 'note', label: 'Note', maxLength: NOTE_MAX, optional: true } as const
  const adjusts = can(admin.role, 'stock.adjust') && !(before > 0)
  return (
    <AdminPage
      admin={admin}
      here="/admin/stock"
      title={[line.productName, line.kind].filter(Boolean).join(', ')}
      back={{ href: '/admin/stock', name: 'Stock' }}
      done={doneText(asked['done'])}
      aside={
        <PlainLink href={`/admin/products/${line.productId}`} className="desk-button">
          The product
        </PlainLink>
      }
    >
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-6">
          <MovementsPart line={line} movements={movements} hasMore={hasMore} />
        </div>
        <div className="min-w-0 space-y-6 max-xl:order-first">
          <Panel id="shelf" title={line.sku}>
            <Facts
              rows={[
                ['On hand', line.onHand],
                ['Held for buyers who are paying', line.held],
                ['Free', line.onHand - line.held],
                ['Low from', line.lowStockAt ?? LOW_STOCK_MAX],
              ]}
            />
          </Panel>
          {adjusts ? (
            <>
              <Panel id="move" title="Pieces came or went">
                <ActForm
                  id="move"
                  action={movePieces}
                  refused={await readRefusedForm('move', asked['refused'])}
                  hidden={hidden}
                  fields={[
                    {
                      kind: 'select',
                      name: 'what',
                      label: 'What happened',
                      value: 'received',
                      options: ADJUSTMENTS.map((kind) => ({ value: kind, label: ADJUSTMENT_NAMES[kind] })),
                    },
                    { kind: 'text', name: 'pieces', label: 'Pieces', inputMode: 'numeric', maxLength: 7 },
                    note,
                  ]}
                  submit="Change the shelf"
                  pending="Changing…"
                />
              </Panel>
              <Panel id="count" title="Counted">
                <ActForm
                  id="count"
                  action={countPieces}
                  refused={await readRefusedForm('count', asked['refused'])}
                  hidden={{ ...hidden, formId: randomUUID(), seenMovementId: String(newest?.id ?? 0) }}
                  fields={[
                    {
                      kind: 'text',
                      name: 'counted',
                      label: 'Pieces on the shelf',
                      hint: 'With those that are held. If anything moves meanwhile, the count is refused.',
                      inputMode: 'numeric',
                      maxLength: 7,
                    },
                    note,
                  ]}
                  submit="Enter the count"
                  pending="Entering…"
                  look="plain"
                />
              </Panel>
            </>
          ) : null}
        </div>
      </div>
    </AdminPage>
  )
}
