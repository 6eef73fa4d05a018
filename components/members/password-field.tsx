'use client'

import { useState, type ComponentProps } from 'react'

import { CONTROL_CLASS, describeField, FieldShell, type FieldProps } from '@/components/ui/field-shell'

import { PASSWORD_MAX } from '@/lib/domain/password'

import type { Strength } from './password-strength'

const WORDS = ['Far too easy to guess', 'Easy to guess', 'Could be stronger', 'Strong', 'Very strong'] as const

/**
 * A password that can be looked at. With `known`, what the page knows of the account, it is being chosen, and says how strong it
 * is. No length is set: a browser would cut what is pasted without a word.
 */
export function PasswordField({
  id,
  label,
  hint,
  error,
  optional = false,
  known,
  ...input
}: FieldProps & { known?: readonly string[] | undefined } & Omit<ComponentProps<'input'>, keyof FieldProps>) {
  const [shown, setShown] = useState(false)
  const { score, judge } = useStrength(known ?? [])
  return (
    <FieldShell id={id} label={label} hint={hint} error={error} optional={optional}>
      <div className="relative">
        <input
          required={!optional}
          {...input}
          id={id}
          type={shown ? 'text' : 'password'}
          spellCheck={false}
          autoCapitalize="none"
          onChange={known ? (event) => judge(event.target.value) : undefined}
          className={`${CONTROL_CLASS} pe-20`}
          {...describeField({ id, hint, error })}
        />
        <button
          type="button"
          aria-pressed={shown}
          aria-controls={id}
          onClick={() => setShown(!shown)}
          className="absolute inset-y-0 end-0 min-w-16 px-3 text-sm text-ink-soft underline decoration-edge underline-offset-4 hover:text-ink noscript:hidden"
        >
          {shown ? 'Hide' : 'Show'}
          <span className="sr-only"> {typeof label === 'string' ? label.toLowerCase() : ''}</span>
        </button>
      </div>
      {known && score !== null ? <Meter score={score} /> : null}
    </FieldShell>
  )
}

function Meter({ score }: { score: Strength | 'too_long' }) {
  if (score === 'too_long') {
    return (
      <p role="status" className="mt-2 text-sm text-danger">
        Too long: at most {PASSWORD_MAX} characters
      </p>
    )
  }
  const colour = score < 2 ? 'bg-danger' : score < 3 ? 'bg-warning' : 'bg-positive'
  return (
    <div className="mt-2">
      <div aria-hidden="true" className="grid grid-cols-4 gap-1">
        {[1, 2, 3, 4].map((step) => (
          <span key={step} className={`h-1 ${step <= Math.max(score, 1) ? colour : 'bg-rule'}`} />
        ))}
      </div>
      <p role="status" className="mt-1.5 text-sm text-ink-soft">
        {WORDS[score]}
      </p>
    </div>
  )
}

/** The judge and its word list are large: they are fetched with the first sign that is typed. */
function useStrength(known: readonly string[]) {
  const [score, setScore] = useState<Strength | 'too_long' | null>(null)
  async function judge(password: string) {
    if (password === '') return setScore(null)
    if (password.length > PASSWORD_MAX) return setScore('too_long')
    const { strengthOf } = await import('./password-strength')
    setScore(strengthOf(password, known))
  }
  return { score, judge: (password: string) => void judge(password) }
}
