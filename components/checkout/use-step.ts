'use client'

import { startTransition, useActionState, useEffect, useRef, type SubmitEvent } from 'react'

import { IDLE_STEP, type StepAction, type StepState } from './step-state'

/** A step's form: its state, and the focus on the first wrong field once the answer has come. */
export function useStep(action: StepAction, saved: Readonly<Record<string, string>>, refused: StepState | null) {
  const [state, submit, pending] = useActionState(action, refused ?? IDLE_STEP)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (state.goTo) window.location.assign(state.goTo)
    if (Object.keys(state.errors).length === 0) return
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-describedby] input')?.focus()
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
    valueOf,
  }
}
