import { PlainLink } from '@/components/ui/plain-link'

/** In place of an empty list: why it is empty, and the way to all of it where something was looked for. */
export function NothingListed({
  why,
  all,
}: {
  why: string
  all: { readonly href: string; readonly name: string } | null
}) {
  return (
    <p className="py-10 text-center text-ink-soft">
      {why}{' '}
      {all ? (
        <PlainLink href={all.href} className="text-link">
          {all.name}
        </PlainLink>
      ) : null}
    </p>
  )
}
