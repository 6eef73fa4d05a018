import 'server-only'

import type { Picture } from '@/lib/domain/catalog'
import { oneLine } from '@/lib/domain/one-line'

import type { Block, Letter, LetterItem, LetterSum, MailShop } from './letter'
import { DARK, LIGHT, SANS, SERIF } from './look'

const { ink, paper, rule, accent, sheet } = LIGHT
const soft = LIGHT['ink-soft']
const onAccent = LIGHT['on-accent']
const PICTURE_PX = 64

/**
 * The letter as HTML that mail programs understand: tables, styles in place, no script, nothing that must be fetched. Where a
 * style sheet is read, dark mode has the shop's night paper.
 */
export function letterHtml(letter: Letter, shop: MailShop): string {
  const body = letter.blocks.map((block) => blockHtml(block, shop)).join('')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${safe(letter.subject)}</title>
<style>${STYLES}</style>
</head>
<body class="paper" style="margin:0;padding:0;background:${paper};-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden">${safe(letter.preview)}</div>
<div role="article" aria-roledescription="email" aria-label="${safe(letter.subject)}" lang="en">
<table role="presentation" class="paper" width="100%" cellspacing="0" cellpadding="0" border="0" style="background:${paper}">
<tr><td align="center" style="padding:32px 20px 48px">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0" style="max-width:560px;text-align:left">
<tr><td class="line" style="padding-bottom:16px;border-bottom:1px solid ${rule}"><a class="ink" href="${safe(shop.url)}" style="font:500 24px/1.2 ${SERIF};color:${ink};text-decoration:none">${safe(shop.name)}</a></td></tr>
<tr><td style="padding:32px 0 16px"><h1 class="ink" style="margin:0 0 20px;font:500 30px/1.18 ${SERIF};color:${ink}">${safe(letter.title)}</h1>${body}</td></tr>
<tr><td class="line" style="padding-top:20px;border-top:1px solid ${rule}">
<p class="soft" style="margin:0 0 8px;font:400 13px/1.5 ${SANS};color:${soft}">${safe(letter.reason)}</p>
<p class="soft" style="margin:0;font:400 13px/1.5 ${SANS};color:${soft}"><a class="soft" href="${safe(shop.url)}" style="color:${soft}">${safe(shop.name)}</a> &nbsp;·&nbsp; <a class="soft" href="${safe(shop.url)}/contact" style="color:${soft}">Contact</a> &nbsp;·&nbsp; <a class="soft" href="${safe(shop.url)}/privacy" style="color:${soft}">Privacy</a></p>
</td></tr>
</table>
</td></tr>
</table>
</div>
</body>
</html>
`
}

// Some programs replace colours that are written in place only if the sheet insists.
const STYLES = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.paper{background:${DARK.paper}!important}
.sheet{background:${DARK.sheet}!important}
.ink{color:${DARK.ink}!important}
.soft{color:${DARK['ink-soft']}!important}
.line{border-color:${DARK.rule}!important}
.link{color:${DARK.accent}!important}
.button{background:${DARK.accent}!important;color:${DARK['on-accent']}!important}
}
@media (max-width:480px){.button{display:block!important;text-align:center!important}}
`

function blockHtml(block: Block, shop: MailShop): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p class="ink" style="margin:0 0 16px;font:400 17px/1.6 ${SANS};color:${ink}">${safe(block.text)}</p>`
    case 'note':
      return `<p class="soft" style="margin:0 0 16px;font:400 15px/1.5 ${SANS};color:${soft}">${safe(block.text)}</p>`
    case 'section':
      return `<h2 class="ink line" style="margin:32px 0 14px;padding-top:16px;border-top:1px solid ${rule};font:500 21px/1.25 ${SERIF};color:${ink}">${safe(block.title)}</h2>`
    case 'button':
      return buttonHtml(block.label, block.url)
    case 'link':
      return `<p style="margin:0 0 16px;font:400 17px/1.5 ${SANS}"><a class="link" href="${safe(block.url)}" style="color:${accent}">${safe(block.label)}</a></p>`
    case 'secret_link':
      return `${buttonHtml(block.label, block.url)}<p class="soft" style="margin:0 0 16px;font:400 13px/1.5 ${SANS};color:${soft};word-break:break-all">${safe(block.url)}</p>`
    case 'items':
      return itemsHtml(block.items, shop)
    case 'sums':
      return table(block.rows.map(sumHtml).join(''))
    case 'lines':
      return `<p class="ink" style="margin:0 0 16px;font:400 17px/1.5 ${SANS};color:${ink}">${block.lines.map(safe).join('<br>')}</p>`
    case 'facts':
      return table(block.rows.map(({ name, value }) => rowHtml(name, value)).join(''))
  }
}

function buttonHtml(label: string, url: string): string {
  return `<p style="margin:24px 0"><a class="button" href="${safe(url)}" style="display:inline-block;padding:14px 28px;border-radius:2px;background:${accent};color:${onAccent};font:600 17px/1.2 ${SANS};text-decoration:none">${safe(label)}</a></p>`
}

function table(rows: string): string {
  return `<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0" style="margin:0 0 16px">${rows}</table>`
}

function itemsHtml(items: readonly LetterItem[], shop: MailShop): string {
  // A row without a picture keeps its place in a table of rows that have one.
  const hasPictures = items.some(({ picture }) => picture !== null)
  return table(items.map((item) => itemHtml(item, hasPictures ? pictureHtml(item.picture, shop) : '')).join(''))
}

function itemHtml({ name, detail, amount }: LetterItem, pictureCell: string): string {
  return `<tr>${pictureCell}<td valign="top" style="padding:0 12px 16px 0"><p class="ink" style="margin:0;font:500 18px/1.3 ${SERIF};color:${ink};overflow-wrap:anywhere">${safe(name)}</p><p class="soft" style="margin:4px 0 0;font:400 15px/1.45 ${SANS};color:${soft}">${safe(detail)}</p></td><td valign="top" align="right" class="ink" style="padding:2px 0 16px;white-space:nowrap;font:400 16px/1.4 ${SANS};font-variant-numeric:tabular-nums;color:${ink}">${safe(amount)}</td></tr>`
}

/** Pictures are a kindness: where they are not fetched, the name beside them says the same. */
function pictureHtml(picture: Picture | null, shop: MailShop): string {
  const image = picture === null ? '' : imageHtml(picture, shop)
  return `<td width="${PICTURE_PX}" valign="top" style="width:${PICTURE_PX}px;padding:0 16px 16px 0">${image}</td>`
}

function imageHtml({ base, widths, width, height }: Picture, shop: MailShop): string {
  const src = `${shop.url}/media/${base}-${Math.min(...widths)}.webp`
  return `<img class="sheet" src="${safe(src)}" width="${PICTURE_PX}" height="${Math.round((PICTURE_PX * height) / width)}" alt="" style="display:block;border:0;background:${sheet}">`
}

function sumHtml({ label, amount, isTotal }: LetterSum): string {
  if (!isTotal) return rowHtml(label, amount)
  const cell = `class="ink line" style="padding:10px 0 4px;border-top:1px solid ${rule};font:600 18px/1.5 ${SANS};color:${ink};font-variant-numeric:tabular-nums"`
  return `<tr><td colspan="2" style="padding-top:8px;font-size:0;line-height:0">&nbsp;</td></tr><tr><td ${cell}>${safe(label)}</td><td align="right" ${cell}>${safe(amount)}</td></tr>`
}

function rowHtml(name: string, value: string): string {
  const style = `padding:3px 0;font:400 16px/1.5 ${SANS};font-variant-numeric:tabular-nums`
  return `<tr><td class="soft" valign="top" style="${style};color:${soft}">${safe(name)}</td><td class="ink" align="right" valign="top" style="${style};padding-left:16px;color:${ink};overflow-wrap:anywhere">${safe(value)}</td></tr>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Any text as text, between tags or in quotation marks. */
function safe(text: string): string {
  return oneLine(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
