import Link, { type LinkProps } from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

import { buttonClass, type ButtonLook } from './button-class'

/** A plain button; inside a form use `SubmitButton`, which shows that something is under way. */
export function Button({ look = 'primary', className, ...rest }: ComponentProps<'button'> & { look?: ButtonLook }) {
  return <button type="button" {...rest} className={buttonClass(look, className)} />
}

/** A link that looks like a button. */
export function ButtonLink<Route extends string>({
  look = 'primary',
  className,
  href,
  prefetch,
  children,
}: {
  look?: ButtonLook
  className?: string
  href: LinkProps<Route>['href']
  prefetch?: false
  children: ReactNode
}) {
  return (
    <Link href={href} {...(prefetch === undefined ? {} : { prefetch })} className={buttonClass(look, className)}>
      {children}
    </Link>
  )
}
