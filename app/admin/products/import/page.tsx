import type { Metadata } from 'next'
import { connection } from 'next/server'

import { FileForm } from '@/components/admin/file-form'
import { Panel } from '@/components/admin/panel'
import { Time } from '@/components/admin/time'
import { WideTable } from '@/components/admin/wide-table'
import { PlainLink } from '@/components/ui/plain-link'
import { adminDatabase } from '@/lib/admin/admin-services'
import { getImports } from '@/lib/catalogue-csv/import-desk'
import { CSV_BYTES_MAX, CSV_COLUMNS, CSV_ROWS_MAX } from '@/lib/domain/catalogue-csv'
import { readRefusedForm } from '@/lib/web/answer-form'
import { requireAdmin } from '@/lib/web/current-admin'

import { AdminPage, type Asked } from '../../admin-page'
import { stateName, TOO_LARGE } from './import-texts'

export const instant = false
export const metadata: Metadata = { title: 'Import' }

const COLUMN_TEXTS: Readonly<Record<(typeof CSV_COLUMNS)[number], string>> = {
  product: 'The address of the product; a new one makes a new product',
  name: 'As the shop shows it',
  subtitle: 'The line below the name, or nothing',
  description: 'The text; an empty line begins a new paragraph',
  details: 'A line each, like “Paper: 250 g cotton”',
  state: 'draft, active or archived',
  categories: 'Addresses of categories, with semicolons between them',
  options: 'Like “Size=A3; Frame=Oak”, or nothing',
  sku: 'What tells a variant from all others; a new one makes a new variant',
  price: 'Like 28.50, in the currency of the shop',
  weight_grams: 'A whole number',
  on_sale: 'yes or no',
  on_hand: 'Pieces on the shelf; the difference is booked as an adjustment',
  low_stock_at: 'From how many it counts as running low, or nothing',
}

export default async function ImportPage({ searchParams }: { searchParams: Asked }) {
  await connection()
  const asked = await searchParams
  const admin = await requireAdmin('catalogue.edit', '/admin/products/import')
  const imports = await getImports(adminDatabase(), admin)
  return (
    <AdminPage
      admin={admin}
      here="/admin/products"
      title="Import and export"
      back={{ href: '/admin/products', name: 'Products' }}
      aside={
        <PlainLink href="/admin/products/export" className="desk-button">
          Export all variants
        </PlainLink>
      }
    >
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="min-w-0 space-y-6">
          <Panel id="send" title="Send a file">
            <FileForm
              id="import"
              to="/api/admin/imports"
              refused={await readRefusedForm('import', asked['refused'])}
              label="CSV file"
              hint={`UTF-8, with or without a mark; at most ${CSV_BYTES_MAX / 1_000_000} MB and ${CSV_ROWS_MAX.toLocaleString('en-US')} rows. Nothing changes before you have seen what would.`}
              accept=".csv,text/csv"
              maxBytes={CSV_BYTES_MAX}
              tooLarge={TOO_LARGE}
              submit="Look at the file"
            />
          </Panel>
          <Panel id="imports" title="Files so far">
            {imports.length === 0 ? (
              <p className="text-ink-soft">None yet.</p>
            ) : (
              <WideTable name="Table of files" className="-mx-5">
                <table className="desk-table desk-flush">
                  <thead>
                    <tr>
                      <th scope="col">File</th>
                      <th scope="col">State</th>
                      <th scope="col">Who</th>
                      <th scope="col">Sent</th>
                      <th scope="col" className="end">
                        Rows
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {imports.map((each) => (
                      <tr key={each.id} className="desk-row">
                        <td>
                          <a
                            href={`/admin/products/import/${each.id}`}
                            className="desk-row-link font-medium hover:underline"
                          >
                            {each.fileName}
                          </a>
                        </td>
                        <td className="whitespace-nowrap">{stateName(each.state)}</td>
                        <td>{each.actorEmail}</td>
                        <td>
                          <Time at={each.createdAt} />
                        </td>
                        <td className="end num">{each.rows}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </WideTable>
            )}
          </Panel>
        </div>
        <Panel id="columns" title="Columns">
          <p className="mb-3 text-xs text-ink-soft">
            One row a variant, all columns, in any order. An export is a file like that. What begins like a formula has
            a quote before it, which an import takes off again. Pictures and colours of values are not in it.
          </p>
          <dl className="space-y-1.5 text-xs">
            {CSV_COLUMNS.map((column) => (
              <div key={column} className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3">
                <dt className="font-medium">{column}</dt>
                <dd className="text-ink-soft">{COLUMN_TEXTS[column]}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      </div>
    </AdminPage>
  )
}
