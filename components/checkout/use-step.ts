'use client'

import { startTransition, useActionState, useEffect, useRef, type SubmitEvent } from 'react'

import { sendStep } from './send-step'
import { IDLE_STEP, type StepAction, type StepState } from './step-state'

const isServer = typeof window === 'undefined'

/** A step's form: its state, and the focus on the first wrong field once the answer has come. */
export function useStep(action: StepAction, saved: Readonly<Record<string, string>>, refused: StepState | null) {
  // In the markup it is the action itself, or the form could not be sent without JavaScript.
  const send: StepAction = isServer ? action : (previous, formData) => sendStep(action, previous, formData)
  const [state, submit, pending] = useActionState(send, refused ?? IDLE_STEP)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (state.goTo) window.location.assign(state.goTo)
    if (Object.keys(state.errors).length === 0) return
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-describedby] input')
    if (wrong) wrong.focus()
    else form.current?.querySelector('[role="alert"]')?.scrollIntoView({ block: 'nearest' })
  }, [state])
  /** After an action React resets the form, and a select then shows its first option: so the script sends it itself. */
  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    if (!pending) startTransition(() => submit(typed))
  }
  const valueOf = (field: string) => state.values[field] ?? saved[field] ?? ''
  return {
    formProps: { ref: form, action: submit, onSubmit, noValidate: true },
    pending: pending || state.goTo !== undefined,
    errors: state.errors,
    confirmAt: state.confirmAt,
    valueOf,
  }
}
