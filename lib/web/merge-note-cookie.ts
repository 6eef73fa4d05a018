import 'server-only'

import { cookies } from 'next/headers'

import type { MergedCarts } from '@/lib/domain/merge-carts'
import { MergeNote } from '@/lib/domain/merge-note'

import { readSealed, writeSealed, type SealedCookie } from './sealed-cookie'

const NOTE: SealedCookie<MergeNote> = { name: 'cartwright_merged', schema: MergeNote, maxAgeSeconds: 60 * 60 }

/** Told in the cart until it is changed. */
export async function readMergeNote(): Promise<MergeNote | null> {
  return readSealed(NOTE)
}

/** Nothing to tell when this browser brought nothing. */
export async function writeMergeNote({ added, summed, capped, short, leftOut }: MergedCarts): Promise<void> {
  const note = { added: [...added], summed: [...summed], capped: [...capped], short: [...short], leftOut: [...leftOut] }
  if (Object.values(note).every((ids) => ids.length === 0)) return
  await writeSealed(NOTE, { version: 3, ...note })
}

export async function dropMergeNote(): Promise<void> {
  const jar = await cookies()
  if (jar.has(NOTE.name)) jar.delete(NOTE.name)
}
