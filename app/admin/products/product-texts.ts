import type { Route } from 'next'
import { redirect } from 'next/navigation'

import type { ProductOutcome } from '@/lib/products/act-on-product'
import type { CategoryOutcome } from '@/lib/products/edit-category'
import { leaveForm, stayHere, type FormState } from '@/lib/web/answer-form'
import { renewCatalogue } from '@/lib/web/renew-catalogue'

type Refuse = (errors: FormState['errors'], values?: FormState['values']) => Promise<FormState>

/** What a form of the catalogue answers: the shop's pages are renewed once it is done; else why not, with what was typed. */
export async function answerOutcome(
  outcome: ProductOutcome | CategoryOutcome,
  {
    done,
    stay = false,
    gone = false,
    refuse,
    values,
  }: {
    done: string
    stay?: boolean
    /** The form goes with what it was about, when its page is drawn anew: nobody would be left to lead on, so Next does. */
    gone?: boolean
    refuse: Refuse
    values: FormState['values']
  },
): Promise<FormState> {
  switch (outcome.kind) {
    case 'done':
      renewCatalogue('slugs' in outcome ? outcome.slugs : [])
      if (gone) redirect(done as Route)
      return stay ? stayHere(done) : leaveForm(done)
    case 'not_found':
      return refuse({ form: 'This is not there any more.' }, values)
    case 'invalid':
      return refuse(outcome.errors, values)
    case 'changed_meanwhile':
      // Whoever sends it once more has read this: theirs goes over what the first did.
      return refuse({ form: meanwhileText(outcome.told) }, { ...values, seenVersion: String(outcome.version) })
  }
}

function meanwhileText(told: readonly string[]): string {
  const what = told.length > 0 ? told.join('; ') : 'somebody changed something'
  return `Meanwhile ${what}. Nothing of yours is saved yet. Send it again to put yours over it, or reload the page to see theirs.`
}

const DONE_TEXTS: Readonly<Record<string, string>> = {
  created: 'The draft is made. Nobody sees it but staff.',
  names: 'The name is saved.',
  description: 'The description is saved.',
  place: 'It is saved, and the shop shows it so.',
  variants: 'The variants are saved.',
  added: 'The variants are added. Their shelf is empty until pieces are received.',
  option: 'The option is saved.',
  option_gone: 'The option is gone.',
  picture: 'The picture is added, and the shop shows it.',
  picture_saved: 'The picture is saved.',
  picture_gone: 'The picture is gone.',
  price: 'The price takes effect by itself at that moment.',
  price_cancelled: 'The price is cancelled. What it costs now stays.',
  category: 'The category is saved.',
  category_gone: 'The category is gone.',
}

export function doneText(done: unknown): string | null {
  return typeof done === 'string' ? (DONE_TEXTS[done] ?? null) : null
}
