import 'server-only'

import Pdf from 'pdfkit'

import type { Paper } from './paper'
import { Typesetter } from './typeset'

/**
 * One file with these papers in it. The same papers make the same bytes: nothing in it is of the moment or by chance.
 * @param at the date that the file says it was made.
 */
export async function printPapers(
  { title, author, at }: { title: string; author: string; at: Date },
  draws: readonly ((doc: PDFKit.PDFDocument, type: Typesetter) => Paper)[],
): Promise<Buffer> {
  const doc = new Pdf({
    // None of the built-in fonts, whose metrics would be read from files.
    font: '',
    autoFirstPage: false,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    info: { Title: title, Author: author, Creator: author, Producer: author, CreationDate: at },
  })
  const chunks: Uint8Array[] = []
  doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => doc.once('end', resolve).once('error', reject))
  const type = new Typesetter(doc)
  for (const draw of draws) {
    draw(doc, type).finish()
    // Some hundred papers take seconds: others are let in between.
    await new Promise((resolve) => setImmediate(resolve))
  }
  doc.end()
  await ended
  return Buffer.concat(chunks)
}
