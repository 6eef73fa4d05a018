/** A form as a browser without JavaScript would send it. */
export interface Form {
  readonly action: string
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** Enough HTML for our own pages: what React renders, and nothing else. */
const FORM = /<form\b([^>]*)>([\s\S]*?)<\/form>/g
const CONTROL = /<select\b([^>]*)>([\s\S]*?)<\/select>|<(input|button)\b([^>]*?)\/?>/g

/** The form that has a button with this text, or a field of this name; null when the page has none. */
export function findForm(html: string, mark: RegExp): Form | null {
  for (const [whole, attributes = '', content = ''] of html.matchAll(FORM)) {
    if (mark.test(whole)) return { action: attribute(attributes, 'action') ?? '', fields: readFields(content, mark) }
  }
  return null
}

/** Sets the fields that the form has. */
export function fill({ action, fields }: Form, values: Readonly<Record<string, string>>): Form {
  return { action, fields: fields.map(([name, value]) => [name, values[name] ?? value] as const) }
}

function readFields(content: string, mark: RegExp): [string, string][] {
  const fields: [string, string][] = []
  for (const [whole, ofSelect, options = '', tag, ofOther] of content.matchAll(CONTROL)) {
    const attributes = ofSelect ?? ofOther ?? ''
    const name = attribute(attributes, 'name')
    if (name === null || /\sdisabled=/.test(attributes)) continue
    const type = attribute(attributes, 'type')
    if (tag === 'button' && !mark.test(textAfter(content, whole))) continue
    if ((type === 'radio' || type === 'checkbox') && !/\schecked=/.test(attributes)) continue
    fields.push([name, tag === undefined ? selected(options) : (attribute(attributes, 'value') ?? '')])
  }
  return fields
}

/** What a button says, or is called. */
function textAfter(content: string, button: string): string {
  const start = content.indexOf(button)
  return content.slice(start, content.indexOf('</button>', start))
}

function selected(options: string): string {
  const all = [...options.matchAll(/<option\b([^>]*)>([\s\S]*?)<\/option>/g)]
  const chosen = all.find(([, attributes = '']) => /\sselected=/.test(attributes)) ?? all[0]
  return chosen ? (attribute(chosen[1] ?? '', 'value') ?? decode(chosen[2] ?? '')) : ''
}

function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)
  return found ? decode(found[1] ?? '') : null
}

function decode(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
