import 'server-only'

import { encode } from 'uqr'

import { addressLines } from '@/lib/domain/address'
import type { PackingSlip, PickLine } from '@/lib/domain/packing-slip'

import { drawOpening, writeDate } from './letterhead'
import { Paper, style, type Cell } from './paper'
import type { Typesetter } from './typeset'

export function drawPackingSlip(slip: PackingSlip) {
  return (doc: PDFKit.PDFDocument, type: Typesetter): Paper => {
    const foot = `${slip.shopName} · Packing slip ${slip.orderNumber}`
    const paper = new Paper(doc, type, { country: slip.address.country, foot })
    drawHead(paper, slip)
    const pieces = slip.lines.reduce((sum, { quantity }) => sum + quantity, 0)
    drawOpening(paper, {
      title: slip.isHeld ? `Order ${slip.orderNumber}, held: do not send` : `Order ${slip.orderNumber}`,
      to: 'Send to',
      lines: addressLines(slip.address),
      facts: [
        ['Placed', writeDate(slip.placedAt)],
        ['Delivery', slip.deliveryName],
        ['Pieces to pack', String(pieces)],
      ],
    })
    paper.table(
      [
        { title: '', width: 11, align: 'start' },
        { title: 'Pick', width: 34, align: 'end' },
        { title: 'SKU', width: 118, align: 'start' },
        { title: 'Item', width: null, align: 'start' },
        { title: 'Bought', width: 40, align: 'end' },
        { title: 'Sent', width: 32, align: 'end' },
      ],
      slip.lines.map(rowOf),
    )
    return paper
  }
}

function rowOf(line: PickLine): Cell[] {
  const isLeft = line.quantity > 0
  return [
    { text: '', tick: isLeft },
    { text: isLeft ? `${line.quantity} ×` : '–', style: style('strong', 13) },
    { text: line.sku, style: style('strong', 9.5) },
    { text: line.name, ...(line.detail ? { below: line.detail } : {}) },
    { text: String(line.bought), style: style('text', 9.5, 'soft') },
    { text: String(line.shipped), style: style('text', 9.5, 'soft') },
  ]
}

/** The number as a square that a scanner reads, so that nobody types it. */
function drawHead(paper: Paper, slip: PackingSlip): void {
  const top = paper.y
  const size = 58
  paper.type.draw(slip.shopName, paper.left, top + 22, style('serif', 26))
  paper.type.draw('Packing slip', paper.left, top + 42, style('text', 9.5, 'soft'))
  paper.modules(encode(slip.orderNumber, { ecc: 'M', border: 0 }).data, paper.right - size, top, size)
  paper.y = top + size + 12
  paper.rule(paper.y, { ink: 'ink' })
  paper.rule(paper.y, { to: paper.left + 28, ink: 'accent', thick: 2 })
  paper.y += 30
}
