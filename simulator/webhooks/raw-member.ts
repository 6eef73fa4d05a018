/**
 * The text of one member of a JSON object, byte for byte as it stands there. A signature covers the text, and reading
 * and writing it again would change it (`1.0` becomes `1`). Null when there is none. The text must be valid JSON.
 */
export function rawMember(json: string, name: string): string | null {
  let at = skipSpace(json, json.indexOf('{') + 1)
  while (json[at] === '"') {
    const keyEnd = skipString(json, at)
    const key: unknown = JSON.parse(json.slice(at, keyEnd))
    const valueStart = skipSpace(json, json.indexOf(':', keyEnd) + 1)
    const valueEnd = skipValue(json, valueStart)
    if (key === name) return json.slice(valueStart, valueEnd)
    at = skipSpace(json, valueEnd)
    if (json[at] === ',') at = skipSpace(json, at + 1)
  }
  return null
}

function skipSpace(json: string, from: number): number {
  let at = from
  while (at < json.length && ' \t\r\n'.includes(json[at]!)) at += 1
  return at
}

/** From an opening quote to behind the closing one. */
function skipString(json: string, from: number): number {
  let at = from + 1
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at + 1
}

function skipValue(json: string, from: number): number {
  let at = from
  let depth = 0
  while (at < json.length) {
    const character = json[at]!
    if (character === '"') {
      at = skipString(json, at)
      if (depth === 0) return at
      continue
    }
    if (depth === 0 && ',}] \t\r\n'.includes(character)) return at
    if ('{['.includes(character)) depth += 1
    if ('}]'.includes(character)) depth -= 1
    at += 1
    if (depth === 0 && '}]'.includes(character)) return at
  }
  return at
}
