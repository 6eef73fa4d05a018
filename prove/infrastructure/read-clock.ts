import { readFile, stat } from 'node:fs/promises'

/**
 * By how many seconds the clock of a process differs from this one, judged by its log: the time it wrote on the last line, and
 * the time at which that line came.
 */
export async function readClock(logFile: string): Promise<number> {
  const lines = (await readFile(logFile, 'utf8')).split('\n')
  const last = lines.findLast((line) => line.startsWith('{'))
  if (!last) return Number.NaN
  const { mtimeMs } = await stat(logFile)
  return (Date.parse((JSON.parse(last) as { time: string }).time) - mtimeMs) / 1000
}
