import 'server-only'

import type { Admin } from '@/lib/admin/admin'
import type { Permission } from '@/lib/domain/staff'

import { refusedPath, type FormState } from './answer-form'
import { readAdmin } from './current-admin'
import { besidePath, FACTOR_TEXTS, secondFactorPath, SEND_AGAIN, type FactorWanted } from './factor-wanted'
import { FOREIGN, isOwnForm } from './own-form'
import { readBody } from './read-body'
import { saveRefusal } from './refused-form-cookie'
import { seeOther } from './see-other'
import { LOCKED, unlessLocked } from './unless-locked'

/** A script sends a file to see how far it is, and reads an answer; a form without one is led to a page. */
const isByScript = (request: Request) => request.headers.get('accept') === 'application/json'

/** Names, borders and the fields beside the file. */
const ENVELOPE_BYTES = 50_000

/** What an upload answers: where to go, or what is wrong, by field. */
export interface UploadAnswers {
  readonly done: (path: string) => Response
  readonly refuse: (errors: FormState['errors'], values?: FormState['values']) => Promise<Response>
}

/**
 * The door of a file. It does not pass the proxy, which would keep all of it; so everything is asked here, before a byte is read: who
 * it is, whether it is our form, and how long it says it is. It is read no further than `maxBytes`, whatever it says.
 */
export async function atUploadDoor<P extends Permission>(
  request: Request,
  { permission, form, pageOf, maxBytes, tooLarge }: UploadDoor<P>,
  act: (admin: Admin<P>, formData: FormData, answers: UploadAnswers) => Promise<Response>,
): Promise<Response> {
  const outcome = await readAdmin(permission)
  if (outcome.kind === 'outsider' || outcome.kind === 'not_permitted') return new Response('Not found', { status: 404 })
  if (!(await isOwnForm())) return Response.json({ kind: 'refused', errors: { form: FOREIGN } }, { status: 403 })
  const page = pageOf(new URL(request.url).searchParams)
  const answers = answersTo(request, form, page)
  if (outcome.kind !== 'admin') return askForFactor(request, outcome, { form, page })
  const refusesSize = () => answers.refuse({ file: tooLarge })
  if (Number(request.headers.get('content-length')) > maxBytes + ENVELOPE_BYTES) return refusesSize()
  const bytes = await readBody(request, maxBytes + ENVELOPE_BYTES)
  if (bytes === null) return refusesSize()
  const type = request.headers.get('content-type') ?? ''
  const formData = await new Response(Buffer.from(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => null)
  if (formData === null) return answers.refuse({ form: 'The file did not arrive whole. Send it again.' })
  return unlessLocked(
    () => act(outcome.admin, formData, answers),
    () => answers.refuse({ form: LOCKED }),
  )
}

/** The file stays chosen beside a link to the second factor; without a script it has to be chosen again afterwards. */
async function askForFactor(
  request: Request,
  wanted: FactorWanted,
  { form, page }: { form: string; page: string },
): Promise<Response> {
  if (isByScript(request)) {
    const errors = { form: FACTOR_TEXTS[wanted.kind] }
    return Response.json({ kind: 'refused', errors, confirmAt: besidePath(wanted) }, { status: 422 })
  }
  await saveRefusal({ form, errors: { form: SEND_AGAIN }, values: {} })
  return seeOther(secondFactorPath(refusedPath(page, form), wanted.kind === 'step_up' || wanted.isSetUp))
}

interface UploadDoor<P extends Permission> {
  readonly permission: P
  /** Name of the form on its page. */
  readonly form: string
  /** The page the form is on, from what the address says. */
  readonly pageOf: (asked: URLSearchParams) => string
  readonly maxBytes: number
  readonly tooLarge: string
}

function answersTo(request: Request, form: string, page: string): UploadAnswers {
  const scripted = isByScript(request)
  return {
    done: (path) => (scripted ? Response.json({ kind: 'done', goTo: path }) : seeOther(path)),
    refuse: async (errors, values = {}) => {
      if (scripted) return Response.json({ kind: 'refused', errors }, { status: 422 })
      await saveRefusal({ form, errors: { ...errors }, values: { ...values } })
      return seeOther(refusedPath(page, form))
    },
  }
}

/** The file of a form; null when none was chosen. */
export function readFile(formData: FormData, name: string): File | null {
  const file = formData.get(name)
  return file instanceof File && file.name !== '' ? file : null
}
