import type { ComponentProps } from 'react'

/**
 * A link that loads a document of its own: to and from pages with another content policy, and where nothing that the browser has
 * kept may be shown again.
 */
export function PlainLink({ href, children, ...rest }: ComponentProps<'a'> & { href: string }) {
  return (
    <a href={href} {...rest}>
      {children}
    </a>
  )
}
