'use server'

import { z } from 'zod'

import { adminDatabase } from '@/lib/admin/admin-services'
import { prepareJob } from '@/lib/bulk/prepare-job'
import { startJob } from '@/lib/bulk/start-job'
import { parseTrackingList, rowsOfChosen } from '@/lib/domain/bulk'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { prepareProblem } from './bulk-texts'

const BULK = '/admin/orders/bulk'
const Id = z.uuid()
/** A form is refused above 100,000 bytes; what is kept of a refused one must fit into a cookie. */
const LIST_MAX = 100_000
const KEPT_MAX = 2_000

/** Chosen on the list of orders. */
export async function packChosen(_previous: FormState, formData: FormData): Promise<FormState> {
  const chosen = formData.get('chosen')
  const numbers = typeof chosen === 'string' ? chosen.slice(0, LIST_MAX).split(/\s+/) : []
  const rows = rowsOfChosen(numbers)
  return atAdminDoor('pack', 'orders.fulfil', BULK, async (admin, refuse) => {
    const jobId = Id.safeParse(formData.get('jobId'))
    if (!jobId.success) return refuse({ form: 'Reload the page and try again.' })
    const outcome = await prepareJob(adminDatabase(), admin, { jobId: jobId.data, kind: 'start', rows })
    if (outcome.kind !== 'prepared') return refuse({ form: prepareProblem(outcome.kind) })
    return leaveForm(`${BULK}/${jobId.data}`)
  })
}

/** Pasted or uploaded. */
export async function checkList(_previous: FormState, formData: FormData): Promise<FormState> {
  const file = formData.get('file')
  const list = readFields(formData, ['list'], LIST_MAX).list
  const values = { list: list.length <= KEPT_MAX ? list : '' }
  return atAdminDoor('list', 'orders.fulfil', { path: BULK, values }, async (admin, refuse) => {
    const jobId = Id.safeParse(formData.get('jobId'))
    if (!jobId.success) return refuse({ form: 'Reload the page and try again.' }, values)
    const text = file instanceof File && file.size > 0 ? await readText(file) : list
    if (text === null) return refuse({ list: 'This file is no text. Save it as CSV, in UTF-8.' }, values)
    const rows = parseTrackingList(text)
    const outcome = await prepareJob(adminDatabase(), admin, { jobId: jobId.data, kind: 'ship', rows })
    return outcome.kind === 'prepared'
      ? leaveForm(`${BULK}/${jobId.data}`)
      : refuse({ list: prepareProblem(outcome.kind) }, values)
  })
}

/** Null for what is no UTF-8: a spreadsheet's own file, or another encoding, whose names would be broken. */
async function readText(file: File): Promise<string | null> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

export async function startPrepared(_previous: FormState, formData: FormData): Promise<FormState> {
  const { jobId } = readFields(formData, ['jobId'])
  const id = Id.safeParse(jobId)
  const path = id.success ? `${BULK}/${id.data}` : BULK
  return atAdminDoor('start', 'orders.fulfil', path, async (admin, refuse) => {
    const outcome = id.success ? await startJob(adminDatabase(), admin, id.data) : null
    if (outcome?.kind === 'started') return leaveForm(path)
    return refuse({
      form: outcome?.kind === 'anothers' ? 'Only whoever has prepared it can start it.' : 'This is not there any more.',
    })
  })
}
