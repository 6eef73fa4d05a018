import type { ReactNode } from 'react'

import { Picture } from '@/components/ui/picture'
import type { Picture as PictureData } from '@/lib/domain/catalog'

/** A line as cart, checkout and receipt show it: small picture, name, what was chosen, and its total at the end. */
export function LineSummary({
  name,
  options,
  picture,
  total,
  children,
}: {
  name: ReactNode
  options: readonly { readonly name: string; readonly value: string }[]
  picture: PictureData | null
  total: string
  children?: ReactNode
}) {
  return (
    <div className="flex gap-4 sm:gap-6">
      <div className="w-20 shrink-0 self-start bg-wash sm:w-24">
        {picture ? <Picture picture={picture} sizes="96px" alt="" /> : <div className="aspect-4/5" />}
      </div>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-4">
          <p className="font-serif text-lg leading-snug">{name}</p>
          <p className="num shrink-0 text-base">{total}</p>
        </div>
        {options.length > 0 ? (
          <p className="mt-1 text-sm text-ink-soft">{options.map((option) => option.value).join(' · ')}</p>
        ) : null}
        {children}
      </div>
    </div>
  )
}
