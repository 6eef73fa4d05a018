import 'server-only'

import { Paper, style } from './paper'
import type { Typesetter } from './typeset'

export interface LeftOut {
  /** "Invoices", "Packing slips". */
  readonly what: string
  readonly shopName: string
  /** Of the first paper behind it: what size its sheet has. */
  readonly country: string
  readonly printed: number
  readonly leftOut: readonly string[]
}

/** The first sheet of a pile that is not whole: how many are in it, and of which orders there is none. */
export function drawLeftOut({ what, shopName, country, printed, leftOut }: LeftOut) {
  return (doc: PDFKit.PDFDocument, type: Typesetter): Paper => {
    const of = printed + leftOut.length
    const paper = new Paper(doc, type, { country, foot: `${shopName} · What is not in this file` })
    paper.type.draw(`${what} of ${printed} of ${of} orders`, paper.left, paper.y + 22, style('serif', 22))
    paper.y += 48
    const why =
      leftOut.length === 1
        ? 'This order has none yet and is not in this file. Its page says why. Print it later.'
        : `These ${leftOut.length} orders have none yet and are not in this file. The page of each says why. Print them later.`
    paper.y = paper.lines([why], { look: style('text', 10.5) }) + 14
    paper.table(
      [{ title: 'Order', width: null, align: 'start' }],
      leftOut.map((orderNumber) => [{ text: orderNumber, style: style('strong', 10.5) }]),
    )
    return paper
  }
}
