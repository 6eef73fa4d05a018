import type { ComponentProps, ReactNode } from 'react'

import { SubmitButton } from '@/components/ui/submit-button'

/** A form that is a button: works without JavaScript. */
export function ButtonForm({
  action,
  hidden = {},
  look = 'quiet',
  pending,
  children,
}: {
  action: (formData: FormData) => Promise<void>
  hidden?: Readonly<Record<string, string>>
  look?: ComponentProps<typeof SubmitButton>['look']
  pending: string
  children: ReactNode
}) {
  return (
    <form action={action}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton look={look ?? 'quiet'} pendingLabel={pending}>
        {children}
      </SubmitButton>
    </form>
  )
}
