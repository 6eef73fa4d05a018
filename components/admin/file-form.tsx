'use client'

import { useRef, useState, type ReactNode, type SubmitEvent } from 'react'

import type { StepState } from '@/components/checkout/step-state'

import { LabelledField, type ActField } from './act-form'
import { FormProblem } from './form-problem'

interface Answer {
  readonly kind: 'done' | 'refused'
  readonly goTo?: string
  readonly errors?: Readonly<Record<string, string>>
  readonly confirmAt?: string
}

/**
 * A form with one file, named `file`. With JavaScript it says how far the file is; without it the browser sends the form, and the
 * answer leads back to the page. What is too large is not sent at all.
 */
export function FileForm({
  id,
  to,
  refused,
  label,
  hint,
  accept,
  maxBytes,
  tooLarge,
  fields = [],
  submit,
  children,
}: {
  id: string
  to: string
  refused: StepState | null
  label: string
  hint: string
  accept: string
  maxBytes: number
  tooLarge: string
  fields?: readonly ActField[]
  submit: string
  children?: ReactNode
}) {
  const [errors, setErrors] = useState(refused?.errors ?? {})
  const [confirmAt, setConfirmAt] = useState<string>()
  const [sent, setSent] = useState<number | null>(null)
  const form = useRef<HTMLFormElement>(null)

  function send(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (sent !== null) return
    const data = new FormData(event.currentTarget)
    const file = data.get('file')
    if (file instanceof File && file.size > maxBytes) return refuse({ file: tooLarge })
    setErrors({})
    setSent(0)
    void finish(data)
  }

  async function finish(data: FormData) {
    try {
      const { goTo, errors: found = {}, confirmAt: at } = await upload(to, data, setSent)
      if (goTo) window.location.assign(goTo)
      else refuse(found, at)
    } catch {
      refuse({ form: 'The file could not be sent. Try again.' })
    }
  }

  function refuse(found: Readonly<Record<string, string>>, at?: string) {
    setSent(null)
    setErrors(found)
    setConfirmAt(at)
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }

  return (
    <form
      ref={form}
      method="post"
      encType="multipart/form-data"
      action={to}
      onSubmit={send}
      noValidate
      className="space-y-3"
    >
      <FormProblem problem={errors['form']} confirmAt={confirmAt} />
      <div>
        <label htmlFor={`${id}-file`} className="mb-1 block text-xs font-medium">
          {label}
        </label>
        <input
          id={`${id}-file`}
          type="file"
          name="file"
          accept={accept}
          required
          aria-invalid={errors['file'] ? true : undefined}
          aria-describedby={`${errors['file'] ? `${id}-file-error ` : ''}${id}-file-hint`}
          className="desk-field block w-full file:me-3 file:cursor-pointer file:border-0 file:bg-transparent file:p-0 file:font-medium file:text-ink aria-invalid:border-danger"
        />
        {errors['file'] ? (
          <p id={`${id}-file-error`} role="alert" className="mt-1 text-xs text-danger">
            {errors['file']}
          </p>
        ) : null}
        <p id={`${id}-file-hint`} className="mt-1 text-xs text-ink-soft">
          {hint}
        </p>
      </div>
      <div className="flex flex-wrap items-start gap-3">
        {fields.map((field) => (
          <LabelledField
            key={field.name}
            id={`${id}-${field.name}`}
            field={field}
            value={refused?.values[field.name] ?? field.value ?? ''}
            error={errors[field.name]}
          />
        ))}
      </div>
      {children}
      {sent === null ? null : <Progress sent={sent} />}
      <button
        type="submit"
        className="desk-button"
        data-look="primary"
        aria-disabled={sent !== null || undefined}
        onClick={(event) => {
          if (sent !== null) event.preventDefault()
        }}
      >
        {sent === null ? submit : 'Sending…'}
      </button>
    </form>
  )
}

function Progress({ sent }: { sent: number }) {
  return (
    <p role="status" className="text-xs text-ink-soft">
      <progress max={100} value={sent} aria-label="Sent so far" className="desk-progress" />
      {sent < 100 ? `${sent} % sent` : 'Sent; being looked at'}
    </p>
  )
}

/** `fetch` cannot tell how much has been sent; XMLHttpRequest can. */
function upload(to: string, data: FormData, onProgress: (percent: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', to)
    request.setRequestHeader('accept', 'application/json')
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(Math.floor((loaded / total) * 100)))
    request.addEventListener('load', () => {
      const answer = request.response as Answer | null
      if (answer === null) reject(new Error(`answered ${request.status}`))
      else resolve(answer)
    })
    request.addEventListener('error', () => reject(new Error('not sent')))
    request.send(data)
  })
}
