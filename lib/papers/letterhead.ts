import 'server-only'

import { addressLines } from '@/lib/domain/address'
import type { PaperBuyer, PaperSeller } from '@/lib/domain/invoice'
import type { Currency } from '@/lib/domain/money'
import { writeExchangeRate, type TaxOwed } from '@/lib/domain/tax-currency'

import { style, type Paper } from './paper'

/** By day, month and year in words: no country reads another date in it. */
const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

export function writeDate(date: Date): string {
  return DATE.format(date)
}

/** By what the tax was reckoned into the currency in which it is owed. */
export function writeRate({ perUnitMicro, currency, since }: TaxOwed, from: Currency): string {
  return `The tax in ${currency} is reckoned at ${writeExchangeRate(perUnitMicro)} ${currency} for 1 ${from}, the rate from ${writeDate(new Date(since))} on.`
}

const LABEL = style('text', 8, 'soft')

/** Whose paper it is: the shop's name, and who that is by law. */
export function drawLetterhead(paper: Paper, seller: PaperSeller): void {
  const top = paper.y
  paper.type.draw(seller.shopName, paper.left, top + 22, style('serif', 26))
  const who = [seller.name, ...seller.addressLines, seller.email, seller.taxId]
  const width = 220
  const end = paper.lines(who, {
    x: paper.right - width,
    y: top,
    width,
    look: style('text', 8.5, 'soft'),
    align: 'end',
  })
  paper.y = Math.max(end, top + 40) + 12
  paper.rule(paper.y, { ink: 'ink' })
  paper.rule(paper.y, { to: paper.left + 28, ink: 'accent', thick: 2 })
  paper.y += 30
}

/** What the paper is, for whom, and its facts beside that. */
export function drawOpening(
  paper: Paper,
  { title, to, lines, facts }: { title: string; to: string; lines: readonly string[]; facts: Facts },
): void {
  paper.type.draw(title, paper.left, paper.y + 17, style('serif', 20))
  paper.y += 42
  const half = paper.width / 2 - 12
  paper.type.draw(to, paper.left, paper.y + 8, LABEL)
  const buyerEnd = paper.lines(lines, { y: paper.y + 15, width: half, look: style('text', 10.5) })
  const factsEnd = drawFacts(paper, facts, half)
  paper.y = Math.max(buyerEnd, factsEnd) + 26
}

export type Facts = readonly (readonly [name: string, value: string])[]

function drawFacts(paper: Paper, facts: Facts, width: number): number {
  const x = paper.right - width
  let y = paper.y
  for (const [name, value] of facts) {
    paper.type.draw(name, x, y + 9.5, style('text', 9.5, 'soft'))
    const end = paper.lines([value], { x: x + 104, y, width: width - 104, align: 'end' })
    y = Math.max(end, y + 14)
  }
  return y
}

export function buyerLines({ address, email }: PaperBuyer): string[] {
  return [...addressLines(address), email]
}

/** Names and amounts at the right, the last one the sum. They stay together. */
export function drawSums(paper: Paper, rows: Facts): void {
  const width = 250
  const x = paper.right - width
  paper.needs(rows.length * 16 + 24)
  paper.y += 10
  rows.forEach(([name, value], index) => {
    const isSum = index === rows.length - 1
    const look = isSum ? style('strong', 11) : style('text', 9.5)
    if (isSum) {
      paper.rule(paper.y + 3, { from: x, ink: 'ink' })
      paper.y += 8
    }
    paper.type.draw(name, x, paper.y + look.size, isSum ? look : style('text', 9.5, 'soft'))
    paper.type.draw(value, paper.right, paper.y + look.size, look, 'end')
    paper.y += 16
  })
  paper.y += 14
}

/** Sentences below everything else. */
export function drawNotes(paper: Paper, notes: readonly string[]): void {
  paper.needs(notes.length * 26 + 8)
  for (const note of notes) {
    paper.y = paper.lines([note], { look: style('text', 9, 'soft'), width: Math.min(paper.width, 400) }) + 4
  }
}
