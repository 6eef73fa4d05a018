'use client'

import { useActionState, useEffect, useRef } from 'react'

import { IDLE_STEP, type StepAction } from './step-state'

/** A step's form: its state, and the focus on the first wrong field once the answer has come. */
export function useStep(action: StepAction, saved: Readonly<Record<string, string>>) {
  const [state, submit, pending] = useActionState(action, IDLE_STEP)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (Object.keys(state.errors).length === 0) return
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-describedby] input')?.focus()
  }, [state])
  const valueOf = (field: string) => state.values[field] ?? saved[field] ?? ''
  return { form, submit, pending, errors: state.errors, valueOf }
}
