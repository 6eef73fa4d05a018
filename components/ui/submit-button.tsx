'use client'

import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { useFormStatus } from 'react-dom'

import { buttonClass, type ButtonLook } from './button-class'

/**
 * Submits its form. While the answer is awaited it says so, ignores further clicks, and stays focusable. Without
 * JavaScript it is a plain submit button.
 */
export function SubmitButton({
  look = 'primary',
  className,
  pending: pendingElsewhere = false,
  pendingLabel,
  children,
  ...rest
}: ComponentProps<'button'> & { look?: ButtonLook; pending?: boolean; pendingLabel?: ReactNode }) {
  const status = useFormStatus()
  const pending = status.pending || pendingElsewhere
  const holdWhilePending = (event: MouseEvent) => {
    if (pending) event.preventDefault()
  }
  return (
    <button
      type="submit"
      {...rest}
      aria-disabled={pending || undefined}
      onClick={holdWhilePending}
      className={buttonClass(look, className)}
    >
      {pending ? (pendingLabel ?? children) : children}
    </button>
  )
}
