import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

import type { PartResult } from './part'
import { isFull, renderProof, withRecord, type ProofRecord } from './proof-document'

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '..')
const DOCUMENT = path.join(root, 'docs/proof.md')
/** What the document is made from: the last full run of each part. */
const RECORDS = path.join(root, 'docs/proof.json')

export interface ProofRun {
  readonly command: string
  readonly seed: number
  readonly startedAt: Date
}

/**
 * Puts what a part has found, whatever that is, into `docs/proof.md`, in the place of its last full run; the other parts keep
 * theirs. A run below the full size says less than the one that is there and is left out: false.
 */
export async function recordPart(result: PartResult, proof: ProofRun, known: readonly string[]): Promise<boolean> {
  if (!isFull(result)) return false
  const record: ProofRecord = {
    ...result,
    command: proof.command,
    seed: proof.seed,
    startedAt: proof.startedAt.toISOString(),
    commit: await describeCommit(),
    machine: describeMachine(),
  }
  const records = withRecord(await readRecords(), record, known)
  await writeFile(RECORDS, `${JSON.stringify(records, null, 2)}\n`)
  await writeFile(DOCUMENT, renderProof(records, known))
  await run(process.execPath, ['node_modules/oxfmt/bin/oxfmt', RECORDS, DOCUMENT], { cwd: root })
  return true
}

async function readRecords(): Promise<ProofRecord[]> {
  const text = await readFile(RECORDS, 'utf8').catch(() => '[]')
  return JSON.parse(text) as ProofRecord[]
}

function describeMachine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const { platform, arch, versions } = process
  return `${availableParallelism()} cores, ${gigabytes} GB, ${platform} ${arch}, Node ${versions.node}`
}

/** What was proved: documents that the proof itself has written do not change it. */
async function describeCommit(): Promise<string> {
  const git = (...args: string[]) => run('git', args, { cwd: root }).then(({ stdout }) => stdout.trim())
  try {
    const changed = (await git('status', '--porcelain', '--', '.', ':!docs/proof.*')) !== ''
    return `${await git('rev-parse', '--short', 'HEAD')}${changed ? ' with local changes' : ''}`
  } catch {
    return 'unknown'
  }
}
