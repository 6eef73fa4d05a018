import 'server-only'

import { oneLine } from '@/lib/domain/one-line'

import type { Block, Letter, LetterSum, MailShop } from './letter'

const COLUMNS = 72

/** The letter as text of at most 72 columns, links on lines of their own. */
export function letterText(letter: Letter, shop: MailShop): string {
  const title = oneLine(letter.title)
  const parts = [
    oneLine(shop.name),
    `${wrap(title)}\n${'='.repeat(Math.min(title.length, COLUMNS))}`,
    ...letter.blocks.map(blockText),
    `--\n${wrap(letter.reason)}\n${shop.url}\nContact: ${shop.url}/contact`,
  ]
  return `${parts.join('\n\n')}\n`
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
      return wrap(block.text)
    case 'section': {
      const title = oneLine(block.title)
      return `${title}\n${'-'.repeat(Math.min(title.length, COLUMNS))}`
    }
    case 'button':
    case 'link':
    case 'secret_link':
      return `${oneLine(block.label)}:\n${block.url}`
    case 'items':
      return block.items
        .map(({ name, detail, amount }) => [beside(name, amount), indent(detail)].filter(Boolean).join('\n'))
        .join('\n')
    case 'sums':
      return block.rows.map(sumText).join('\n')
    case 'lines':
      return block.lines.map((line) => indent(line)).join('\n')
    case 'facts':
      return block.rows.map(({ name, value }) => wrap(`${name}: ${value}`)).join('\n')
  }
}

function sumText({ label, amount, isTotal }: LetterSum): string {
  return isTotal ? `${'-'.repeat(COLUMNS)}\n${beside(label, amount)}` : beside(label, amount)
}

/** The amount at the right edge, under a name that is too long for the line. */
function beside(name: string, amount: string): string {
  const lines = wrap(name, COLUMNS - (amount === '' ? 0 : amount.length + 2)).split('\n')
  const last = lines.pop() ?? ''
  return [...lines, amount === '' ? last : last.padEnd(COLUMNS - amount.length) + amount].join('\n')
}

function indent(text: string): string {
  if (text === '') return ''
  return wrap(text, COLUMNS - 2).replaceAll(/^/gm, '  ')
}

/** Breaks between words; a word longer than a line stays whole, so that a link does. */
function wrap(text: string, columns = COLUMNS): string {
  const lines: string[] = []
  for (const word of oneLine(text).split(/ +/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}
