import { unstable_isUnrecognizedActionError as isOfAnotherBuild, unstable_rethrow as rethrow } from 'next/navigation'

import type { StepAction, StepState } from './step-state'

const NO_ANSWER = 'No answer from the shop. Check your connection and send it again; nothing you typed is lost.'
const NOT_NOW = 'The shop could not answer just now. Wait a moment and send it again; nothing you typed is lost.'

/**
 * Sends a form. An answer that is lost is a state of the form: thrown on, the page would give way to one that says so, and
 * with it everything that was typed. Whether the shop has done what it was asked nobody knows then.
 */
export async function sendStep(action: StepAction, previous: StepState, formData: FormData): Promise<StepState> {
  try {
    return await action(previous, formData)
  } catch (error) {
    // Redirects and pages that are not there are answers. A page of another build can send nothing, however often.
    rethrow(error)
    if (isOfAnotherBuild(error)) throw error
    // What browsers throw when a request gets no answer, or half of one.
    return { values: textsOf(formData), errors: { form: error instanceof TypeError ? NO_ANSWER : NOT_NOW } }
  }
}

/** As the form is drawn from them again. What React adds to a form has a name that begins with a dollar. */
function textsOf(formData: FormData): Record<string, string> {
  const texts = [...formData].filter(
    (field): field is [string, string] => typeof field[1] === 'string' && !field[0].startsWith('$'),
  )
  return Object.fromEntries(texts)
}
