import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A file of JSON lines that only grows. Without a file it keeps nothing. */
export type Journal<Entry> = {
  /** What the file held when it was opened. */
  readonly found: readonly Entry[]
  append(entry: Entry): void
  /** Puts other content in its place, atomically. */
  rewrite(entries: readonly Entry[]): void
}

export function openJournal<Entry>(file: string | null): Journal<Entry> {
  if (file === null) return { found: [], append: () => {}, rewrite: () => {} }
  mkdirSync(dirname(file), { recursive: true })
  return {
    found: readEntries<Entry>(file),
    append: (entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`),
    rewrite: (entries) => {
      writeFileSync(`${file}.new`, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
      renameSync(`${file}.new`, file)
    },
  }
}

function readEntries<Entry>(file: string): Entry[] {
  if (!existsSync(file)) return []
  const text = readFileSync(file, 'utf8')
  // A process killed in the middle of a write leaves a line without an end: it never happened.
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole))
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Entry)
}
